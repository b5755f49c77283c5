import { useState } from 'react'
import type { OrganizationRef } from '../core/types.ts'
import { useText } from '../hooks/use-text.ts'
import { roleName } from './role-name.ts'
import { Avatar } from './ui/avatar.tsx'
import { Icon } from './ui/icon.tsx'

/** With more organizations than this, a search field. */
const SEARCH_FROM = 7

interface OrganizationMenuProps {
  organizations: OrganizationRef[]
  currentId?: string
  onChoose: (id: string) => void
  onCreate?: () => void
}

/** The inside of the switcher. */
export function OrganizationMenu(props: OrganizationMenuProps) {
  const { organizations, currentId, onChoose, onCreate } = props
  const [query, setQuery] = useState('')
  const { text } = useText()
  const wanted = query.trim().toLocaleLowerCase()
  const shown = organizations.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  return (
    <>
      {organizations.length > SEARCH_FROM && (
        <div className="as-menu-search">
          <Icon name="search" />
          <input
            type="search"
            aria-label={text('organization.search')}
            placeholder={text('organization.search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </div>
      )}
      <ul className="as-menu-list">
        {shown.map(({ id, name, logoUrl, role }) => (
          <li key={id}>
            <button
              type="button"
              className="as-menu-item"
              aria-current={id === currentId || undefined}
              onClick={() => onChoose(id)}
            >
              <Avatar name={name} seed={id} src={logoUrl} shape="square" />
              <span className="as-menu-text">
                <span className="as-cut" title={name}>
                  {name}
                </span>
                <span className="as-muted as-small">{roleName(role)}</span>
              </span>
              {id === currentId && <Icon name="check" />}
            </button>
          </li>
        ))}
      </ul>
      <p className="as-menu-note" aria-live="polite">
        {shown.length === 0 && text('organization.noMatch', { query })}
      </p>
      {onCreate && (
        <div className="as-menu-foot">
          <button type="button" className="as-menu-item" onClick={onCreate}>
            <span className="as-menu-icon">
              <Icon name="plus" />
            </span>
            {text('organization.create')}
          </button>
        </div>
      )}
    </>
  )
}
