import type { ReactNode } from 'react'
import { useSlot } from './use-slot.ts'

interface LinkActionProps {
  href?: string
  onClick?: () => void
  /** `button`: the one way on from a screen that is finished. */
  look?: 'link' | 'button'
  children: ReactNode
}

/** A link when there is an address, a button that looks like one when there is only an action. */
export function LinkAction({ href, onClick, look = 'link', children }: LinkActionProps) {
  const slot = useSlot()
  const shape =
    look === 'button'
      ? { className: slot('button'), 'data-variant': 'primary', 'data-wide': true }
      : { className: slot('link') }
  if (href) {
    return (
      <a {...shape} href={href} onClick={onClick}>
        {children}
      </a>
    )
  }
  return (
    <button type="button" {...shape} onClick={onClick}>
      {children}
    </button>
  )
}
