import type { Invitation } from '../core/types.ts'
import { useText } from '../hooks/use-text.ts'
import { Badge } from './ui/badge.tsx'
import { Icon } from './ui/icon.tsx'
import { MenuItem } from './ui/menu-item.tsx'
import { Popover } from './ui/popover.tsx'
import { RelativeTime } from './ui/relative-time.tsx'

interface InvitationRowProps {
  invitation: Invitation
  onResend: (invitation: Invitation) => void
  onCancel: (invitation: Invitation) => void
}

export function InvitationRow({ invitation, onResend, onCancel }: InvitationRowProps) {
  const { email, role, expiresAt, invitedBy } = invitation
  const { text } = useText()
  return (
    <tr>
      <td className="as-person-cell">
        <span className="as-person">
          <span className="as-avatar" data-empty aria-hidden="true">
            <Icon name="mail" />
          </span>
          <span className="as-person-text">
            <span className="as-cut" title={email}>
              {email}
            </span>
            {invitedBy && (
              <span className="as-cut as-muted as-small">
                {text('invitations.invitedBy', { name: invitedBy.name })}
              </span>
            )}
          </span>
        </span>
      </td>
      <td>
        <Badge>{role.name}</Badge>
      </td>
      <td className="as-muted as-wide-only">
        <RelativeTime value={expiresAt} />
      </td>
      <td className="as-row-actions">
        <Popover
          role="menu"
          align="end"
          label={text('members.actions', { name: email })}
          triggerClassName="as-icon-button"
          trigger={<Icon name="dots" />}
        >
          {(close) => (
            <>
              <MenuItem close={close} onChoose={() => onResend(invitation)}>
                {text('invitations.resend')}
              </MenuItem>
              <MenuItem close={close} tone="danger" onChoose={() => onCancel(invitation)}>
                {text('invitations.cancel')}
              </MenuItem>
            </>
          )}
        </Popover>
      </td>
    </tr>
  )
}
