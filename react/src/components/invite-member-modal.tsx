import { useState } from 'react'
import type { Role } from '../core/types.ts'
import { usePermissions } from '../hooks/use-permissions.ts'
import { useTenant } from '../hooks/use-tenant.ts'
import { useText } from '../hooks/use-text.ts'
import { InviteForm } from './invite-form.tsx'
import { Button } from './ui/button.tsx'
import { Dialog } from './ui/dialog.tsx'
import { Icon } from './ui/icon.tsx'
import { Root } from './ui/root.tsx'

export interface InviteMemberModalProps {
  /** Without it the component brings its own button. */
  isOpen?: boolean
  onClose?: () => void
  /** Takes the place of the built-in call, so that one invitation goes out. */
  onInvite?: (email: string, role: string) => Promise<unknown> | unknown
  /** Default: the organization's roles that the person may give. */
  availableRoles?: Role[]
  /** Slug, name or id. Default `member`. */
  defaultRole?: string
  className?: string
}

/** Invites people to the current organization by email. Its own button shows only to those who may. */
export function InviteMemberModal(props: InviteMemberModalProps) {
  const { isOpen, onClose, onInvite, availableRoles, defaultRole = 'member', className } = props
  const [isOwnOpen, setOwnOpen] = useState(false)
  const { currentOrganization } = useTenant()
  const { hasPermission } = usePermissions()
  const { text } = useText()
  const isControlled = isOpen !== undefined
  const close = () => {
    setOwnOpen(false)
    onClose?.()
  }
  if (!isControlled && !hasPermission('members:invite') && !onInvite) return null
  return (
    <Root className={className} data-component="invite-member-modal">
      {!isControlled && (
        <Button onClick={() => setOwnOpen(true)}>
          <Icon name="plus" />
          {text('invite.open')}
        </Button>
      )}
      <Dialog
        isOpen={isControlled ? isOpen : isOwnOpen}
        onClose={close}
        title={text('invite.title', { organization: currentOrganization?.name ?? '' })}
        body={text('invite.body')}
      >
        <InviteForm
          onInvite={onInvite}
          availableRoles={availableRoles}
          defaultRole={defaultRole}
          onCancel={close}
        />
      </Dialog>
    </Root>
  )
}
