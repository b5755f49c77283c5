import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface EmptyStateProps {
  icon: IconName
  title: string
  body?: string
  /** What to do next. */
  action?: ReactNode
}

export function EmptyState({ icon, title, body, action }: EmptyStateProps) {
  return (
    <div className="as-empty">
      <span className="as-card-icon">
        <Icon name={icon} />
      </span>
      <p className="as-empty-title">{title}</p>
      {body && <p className="as-muted as-balance">{body}</p>}
      {action}
    </div>
  )
}
