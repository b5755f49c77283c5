import type { ReactNode } from 'react'
import { useSlot } from './use-slot.ts'

/** A small label: a role, a state. */
export function Badge({ tone, children }: { tone?: 'accent' | 'warning'; children: ReactNode }) {
  const slot = useSlot()
  return (
    <span className={slot('badge')} data-tone={tone}>
      {children}
    </span>
  )
}
