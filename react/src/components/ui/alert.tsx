import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { useSlot } from './use-slot.ts'

interface AlertProps {
  tone?: 'danger' | 'success' | 'info'
  children: ReactNode
  action?: ReactNode
}

/** Errors interrupt a screen reader; the rest waits its turn. */
export function Alert({ tone = 'danger', children, action }: AlertProps) {
  const slot = useSlot()
  return (
    <div className={slot('alert')} data-tone={tone} role={tone === 'danger' ? 'alert' : 'status'}>
      <Icon name={tone === 'success' ? 'check' : tone === 'info' ? 'mail' : 'alert'} />
      <div className="as-alert-text">{children}</div>
      {action}
    </div>
  )
}
