import type { Member, Role } from '../core/types.ts'
import { useGrantableRoles } from '../hooks/use-grantable-roles.ts'
import { useText } from '../hooks/use-text.ts'
import { Icon } from './ui/icon.tsx'
import { MenuItem } from './ui/menu-item.tsx'
import { Popover } from './ui/popover.tsx'

interface MemberMenuProps {
  member: Member
  canEdit: boolean
  canRemove: boolean
  onChangeRole: (member: Member, role: Role) => void
  onRemove: (member: Member) => void
}

export function MemberMenu(props: MemberMenuProps) {
  const { member, canEdit, canRemove, onChangeRole, onRemove } = props
  const roles = useGrantableRoles()
  const { text } = useText()
  return (
    <Popover
      role="menu"
      align="end"
      label={text('members.actions', { name: member.name })}
      triggerClassName="as-icon-button"
      trigger={<Icon name="dots" />}
    >
      {(close) => (
        <>
          {canEdit && (
            <p className="as-menu-label" aria-hidden="true">
              {text('field.role')}
            </p>
          )}
          {canEdit &&
            roles.map((role) => {
              const isCurrent = role.slug === member.role.slug
              return (
                <button
                  key={role.id}
                  type="button"
                  role="menuitemradio"
                  aria-checked={isCurrent}
                  aria-label={text('members.changeRole', { role: role.name })}
                  className="as-menu-item"
                  onClick={() => {
                    close()
                    if (!isCurrent) onChangeRole(member, role)
                  }}
                >
                  <span className="as-menu-text">{role.name}</span>
                  {isCurrent && <Icon name="check" />}
                </button>
              )
            })}
          {canRemove && (
            <div className={canEdit ? 'as-menu-foot' : undefined}>
              <MenuItem close={close} tone="danger" onChoose={() => onRemove(member)}>
                {text('members.remove')}
              </MenuItem>
            </div>
          )}
        </>
      )}
    </Popover>
  )
}
