import type { AuthStackError } from '../core/authstack-error.ts'
import type { InvitationPreview, Organization } from '../core/types.ts'

/** What both halves of `AcceptInvitation` take. */
export interface InvitationStepProps {
  className?: string
  token: string
  preview: InvitationPreview
  onDone: (organization: Organization | null) => void
  onError?: (error: AuthStackError) => void
}
