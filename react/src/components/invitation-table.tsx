import type { Invitation } from '../core/types.ts'
import { useText } from '../hooks/use-text.ts'
import { InvitationRow } from './invitation-row.tsx'
import { useSlot } from './ui/use-slot.ts'

interface InvitationTableProps {
  invitations: Invitation[]
  onResend: (invitation: Invitation) => void
  onCancel: (invitation: Invitation) => void
}

export function InvitationTable({ invitations, onResend, onCancel }: InvitationTableProps) {
  const { text } = useText()
  const slot = useSlot()
  return (
    <div className="as-table-wrap">
      <table className={slot('table')}>
        <thead>
          <tr>
            <th scope="col">{text('invitations.email')}</th>
            <th scope="col">{text('field.role')}</th>
            <th scope="col" className="as-wide-only">
              {text('invitations.expires')}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {invitations.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              onResend={onResend}
              onCancel={onCancel}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}
