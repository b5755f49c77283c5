import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

interface ListHeadProps {
  count: string
  search?: { label: string; query: string; onQuery: (query: string) => void }
  action?: ReactNode
}

/** Above a list: how many, and how to find one. */
export function ListHead({ count, search, action }: ListHeadProps) {
  return (
    <div className="as-list-head">
      <p className="as-muted">{count}</p>
      {search && (
        <div className="as-search">
          <Icon name="search" />
          <input
            type="search"
            className="as-input"
            aria-label={search.label}
            placeholder={search.label}
            value={search.query}
            onChange={(event) => search.onQuery(event.target.value)}
          />
        </div>
      )}
      {action}
    </div>
  )
}
