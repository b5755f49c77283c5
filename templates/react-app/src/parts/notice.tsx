import type { ReactNode } from 'react'
import { BrandMark, brandName } from '../brand.tsx'
import { useTitle } from '../use-title.ts'

/** A whole page that says one thing and offers one next step. */
export function Notice(props: { title: string; children: ReactNode }) {
  useTitle(props.title)
  return (
    <main className="centered">
      <div className="notice">
        <p className="brand">
          <BrandMark size={28} /> {brandName}
        </p>
        <h1>{props.title}</h1>
        {props.children}
      </div>
    </main>
  )
}
