import type { ReactNode } from 'react'
import { useAuth } from '../hooks/use-auth.ts'
import { useText } from '../hooks/use-text.ts'
import { Avatar } from './ui/avatar.tsx'
import { Icon } from './ui/icon.tsx'
import { MenuItem } from './ui/menu-item.tsx'
import { Popover } from './ui/popover.tsx'
import { Root } from './ui/root.tsx'

export interface UserMenuProps {
  /** Address or action of "Profile"; without either it is left out. */
  profileUrl?: string
  onProfile?: () => void
  /** Called when the session has ended. */
  onSignedOut?: () => void
  /** More rows: `<button className="as-menu-item" role="menuitem">`. */
  children?: ReactNode
  className?: string
}

/** The person's picture; behind it who they are, their profile and the way out. */
export function UserMenu(props: UserMenuProps) {
  const { profileUrl, onProfile, onSignedOut, children, className } = props
  const { user, isLoaded, logout } = useAuth()
  const { text } = useText()
  if (!isLoaded) {
    return (
      <Root className={className} data-component="user-menu">
        <span className="as-bone" data-shape="avatar" />
      </Root>
    )
  }
  if (!user) return null
  // A failure is in useAuth().error; the person stays signed in and sees that they are.
  const signOut = () => logout().then(onSignedOut, () => {})
  const profile = (
    <>
      <Icon name="user" />
      {text('user.profile')}
    </>
  )
  return (
    <Root className={className} data-component="user-menu">
      <Popover
        role="menu"
        align="end"
        label={text('user.menu', { name: user.name })}
        triggerClassName="as-user-button"
        trigger={<Avatar name={user.name} seed={user.id} src={user.avatarUrl} />}
      >
        {(close) => (
          <>
            <div className="as-menu-head" role="presentation">
              <span className="as-cut as-strong" title={user.name}>
                {user.name}
              </span>
              <span className="as-cut as-muted as-small" title={user.email}>
                {user.email}
              </span>
            </div>
            {profileUrl && (
              <a role="menuitem" className="as-menu-item" href={profileUrl}>
                {profile}
              </a>
            )}
            {!profileUrl && onProfile && (
              <MenuItem close={close} onChoose={onProfile}>
                {profile}
              </MenuItem>
            )}
            {children}
            <MenuItem close={close} onChoose={signOut}>
              <Icon name="signOut" />
              {text('user.signOut')}
            </MenuItem>
          </>
        )}
      </Popover>
    </Root>
  )
}
