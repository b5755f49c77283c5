import { useEffect, useState } from 'react'
import { type AuthStackError, toAuthStackError } from '../core/authstack-error.ts'
import type { InvitationPreview, Organization } from '../core/types.ts'
import { useAuth } from '../hooks/use-auth.ts'
import { useLinkToken } from '../hooks/use-link-token.ts'
import { useText } from '../hooks/use-text.ts'
import { DeadLink } from './dead-link.tsx'
import { DoneCard } from './done-card.tsx'
import { InvitationSignIn } from './invitation-sign-in.tsx'
import { JoinOrganization } from './join-organization.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'
import { CardSkeleton } from './ui/card-skeleton.tsx'

export interface AcceptInvitationProps {
  /** Default: `#token=` of the page. */
  token?: string
  /** Called when the person is a member. `null` when they signed up by the invitation. */
  onAccepted?: (organization: Organization | null) => void
  continueUrl?: string
  onContinue?: () => void
  onError?: (error: AuthStackError) => void
  className?: string
}

/** The invited person's page, whoever is signed in: joins, signs in, signs up or changes account. */
export function AcceptInvitation(props: AcceptInvitationProps) {
  const { className, continueUrl, onContinue, onAccepted, onError } = props
  const name = 'accept-invitation'
  const token = useLinkToken(props.token)
  const { isLoaded, isAuthenticated } = useAuth()
  const { text, errorText } = useText()
  const { preview, error, retry } = useInvitation(token)
  const [isDone, setDone] = useState(false)
  const done = (organization: Organization | null) => {
    setDone(true)
    onAccepted?.(organization)
  }
  const isDead = error?.code === 'link_invalid' || error?.code === 'not_found'
  if (token === null) return <DeadLink name={name} className={className} kind="missing" />
  if (isDead && !isDone) return <DeadLink name={name} className={className} kind="invalid" />
  if (error) {
    return (
      <Card name={name} className={className} icon="alert" title={errorText(error)}>
        <Button isWide onClick={retry}>
          {text('common.retry')}
        </Button>
      </Card>
    )
  }
  if (!token || !preview || !isLoaded) {
    return <CardSkeleton name={name} className={className} rows={1} />
  }
  const values = { organization: preview.organization.name }
  if (isDone) {
    return (
      <DoneCard
        name={name}
        className={className}
        title={text('invitation.done.title', values)}
        body={text('invitation.done.body', values)}
        actionLabel={text('common.continue')}
        href={continueUrl}
        onAction={onContinue}
      />
    )
  }
  const Step = isAuthenticated ? JoinOrganization : InvitationSignIn
  return (
    <Step className={className} token={token} preview={preview} onDone={done} onError={onError} />
  )
}

function useInvitation(token: string | null | undefined) {
  const { lookupInvitation } = useAuth()
  const [preview, setPreview] = useState<InvitationPreview | null>(null)
  const [error, setError] = useState<AuthStackError | null>(null)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is the retry
  useEffect(() => {
    if (!token) return
    let isCurrent = true
    setError(null)
    lookupInvitation(token).then(
      (found) => isCurrent && setPreview(found),
      (cause) => isCurrent && setError(toAuthStackError(cause)),
    )
    return () => {
      isCurrent = false
    }
  }, [token, attempt, lookupInvitation])
  return { preview, error, retry: () => setAttempt(attempt + 1) }
}
