import type { Member, Role } from '../core/types.ts'
import { useText } from '../hooks/use-text.ts'
import { useUser } from '../hooks/use-user.ts'
import { MemberMenu } from './member-menu.tsx'
import { Avatar } from './ui/avatar.tsx'
import { Badge } from './ui/badge.tsx'
import { RelativeTime } from './ui/relative-time.tsx'

interface MemberRowProps {
  member: Member
  showRole: boolean
  canEdit: boolean
  canRemove: boolean
  onClick?: (member: Member) => void
  onChangeRole: (member: Member, role: Role) => void
  onRemove: (member: Member) => void
}

export function MemberRow(props: MemberRowProps) {
  const { member, showRole, canEdit, canRemove, onClick, onChangeRole, onRemove } = props
  const { user } = useUser()
  const { text } = useText()
  const isSelf = member.userId === user?.id
  const hasMenu = canEdit || canRemove
  const identity = (
    <>
      <Avatar name={member.name} seed={member.userId} src={member.avatarUrl} />
      <span className="as-person-text">
        <span className="as-person-name">
          <span className="as-cut" title={member.name}>
            {member.name}
          </span>
          {isSelf && <Badge>{text('members.you')}</Badge>}
        </span>
        <span className="as-cut as-muted as-small" title={member.email}>
          {member.email}
        </span>
      </span>
    </>
  )
  return (
    <tr>
      <td className="as-person-cell">
        {onClick ? (
          <button type="button" className="as-person" onClick={() => onClick(member)}>
            {identity}
          </button>
        ) : (
          <span className="as-person">{identity}</span>
        )}
      </td>
      {showRole && (
        <td>
          <Badge tone={member.role.slug === 'owner' ? 'accent' : undefined}>
            {member.role.name}
          </Badge>
        </td>
      )}
      <td className="as-muted as-wide-only">
        <RelativeTime value={member.joinedAt} />
      </td>
      {hasMenu && (
        <td className="as-row-actions">
          {/* Nobody removes or demotes themselves by a slip here; leaving is its own action. */}
          {!isSelf && (
            <MemberMenu
              member={member}
              canEdit={canEdit}
              canRemove={canRemove}
              onChangeRole={onChangeRole}
              onRemove={onRemove}
            />
          )}
        </td>
      )}
    </tr>
  )
}
