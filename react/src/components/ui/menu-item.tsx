import type { ReactNode } from 'react'

interface MenuItemProps {
  /** Of the popover around it; called before the action, so that focus is back on its button. */
  close: () => void
  onChoose: () => void
  tone?: 'danger'
  children: ReactNode
}

/** One action of a menu. */
export function MenuItem({ close, onChoose, tone, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      className="as-menu-item"
      data-tone={tone}
      onClick={() => {
        close()
        onChoose()
      }}
    >
      {children}
    </button>
  )
}
