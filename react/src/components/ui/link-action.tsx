import type { ReactNode } from 'react'
import { useSlot } from './use-slot.ts'

interface LinkActionProps {
  href?: string
  onClick?: () => void
  children: ReactNode
}

/** A link when there is an address, a button that looks like one when there is only an action. */
export function LinkAction({ href, onClick, children }: LinkActionProps) {
  const slot = useSlot()
  if (href) {
    return (
      <a className={slot('link')} href={href} onClick={onClick}>
        {children}
      </a>
    )
  }
  return (
    <button type="button" className={slot('link')} onClick={onClick}>
      {children}
    </button>
  )
}
