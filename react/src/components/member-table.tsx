import type { Member, Role } from '../core/types.ts'
import { useText } from '../hooks/use-text.ts'
import { MemberRow } from './member-row.tsx'
import { useSlot } from './ui/use-slot.ts'

interface MemberTableProps {
  members: Member[]
  showRoles: boolean
  canEdit: boolean
  canRemove: boolean
  onMemberClick?: (member: Member) => void
  onChangeRole: (member: Member, role: Role) => void
  onRemove: (member: Member) => void
}

export function MemberTable(props: MemberTableProps) {
  const { members, showRoles, canEdit, canRemove, onMemberClick, onChangeRole, onRemove } = props
  const { text } = useText()
  const slot = useSlot()
  return (
    <div className="as-table-wrap">
      <table className={slot('table')}>
        <thead>
          <tr>
            <th scope="col">{text('members.name')}</th>
            {showRoles && <th scope="col">{text('field.role')}</th>}
            <th scope="col" className="as-wide-only">
              {text('members.joined')}
            </th>
            {(canEdit || canRemove) && <td />}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow
              key={member.userId}
              member={member}
              showRole={showRoles}
              canEdit={canEdit}
              canRemove={canRemove}
              onClick={onMemberClick}
              onChangeRole={onChangeRole}
              onRemove={onRemove}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}
