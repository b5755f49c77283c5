import { useState } from 'react'
import type { Member } from '../core/types.ts'
import { useText } from '../hooks/use-text.ts'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'

interface RemoveMemberProps {
  member: Member | null
  organizationName: string
  onClose: () => void
  onConfirm: (member: Member) => Promise<void>
}

/** Says what will happen before it does. */
export function RemoveMember(props: RemoveMemberProps) {
  const { member, organizationName, onClose, onConfirm } = props
  const [isBusy, setBusy] = useState(false)
  const { text } = useText()
  if (!member) return null
  const confirm = async () => {
    setBusy(true)
    await onConfirm(member)
    setBusy(false)
    onClose()
  }
  const name = member.name
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      title={text('members.removeTitle', { name })}
      body={text('members.removeBody', { name, organization: organizationName })}
    >
      <div className="as-actions">
        <Button variant="secondary" onClick={onClose}>
          {text('common.cancel')}
        </Button>
        <Button variant="danger" isBusy={isBusy} onClick={() => void confirm()}>
          {text('members.remove')}
        </Button>
      </div>
    </Dialog>
  )
}
