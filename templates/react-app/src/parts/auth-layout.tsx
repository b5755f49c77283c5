import type { ReactNode } from 'react'
import { BrandMark, brandName } from '../brand.tsx'

/** The quiet frame around sign-in and sign-up: one card in the middle, nothing beside it. */
export function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="centered">
      <div className="auth-column">
        <p className="brand">
          <BrandMark size={28} /> {brandName}
        </p>
        {children}
      </div>
    </main>
  )
}
