import { type InvitationPreview, useAuth } from '@authstack/react'
import { useEffect, useState } from 'react'
import { codeOf, useErrorText } from '../core/instance.ts'
import { usePage } from '../core/page-context.tsx'
import { InvitationSignIn } from '../invitation/invitation-sign-in.tsx'
import { JoinCard } from '../invitation/join-card.tsx'
import { WrongAccountCard } from '../invitation/wrong-account-card.tsx'
import { useMessages } from '../messages/en.ts'
import { Card } from '../parts/card.tsx'
import { CardSkeleton } from '../parts/card-skeleton.tsx'
import { ReturnLink } from '../parts/return-link.tsx'

type Lookup =
  | { status: 'loading' }
  | { status: 'dead' }
  | { status: 'failed'; error: unknown }
  | { status: 'found'; invitation: InvitationPreview }

/** The link of an invitation mail. Who opens it decides what is drawn: four cases, one card each. */
export function AcceptInvitationPage() {
  const { linkToken } = usePage()
  const { lookupInvitation, isLoaded, isAuthenticated, user } = useAuth()
  const text = useMessages()
  const errorText = useErrorText()
  const [lookup, setLookup] = useState<Lookup>({ status: 'loading' })
  const [joined, setJoined] = useState<string | null>(null)
  // A new account made with the invitation is a member already; there is nothing left to accept.
  const [hasSignedUp, setSignedUp] = useState(false)

  useEffect(() => {
    if (!linkToken) return
    let isStale = false
    lookupInvitation(linkToken).then(
      (invitation) => isStale || setLookup({ status: 'found', invitation }),
      (error) =>
        isStale ||
        setLookup(
          codeOf(error) === 'link_invalid' ? { status: 'dead' } : { status: 'failed', error },
        ),
    )
    return () => {
      isStale = true
    }
  }, [linkToken, lookupInvitation])

  if (!linkToken) return <Card title={text.linkIncompleteTitle} lead={text.linkIncompleteText} />
  const hasJoinedAtSignup = hasSignedUp && isAuthenticated && lookup.status === 'found'
  const organizationJoined = hasJoinedAtSignup ? lookup.invitation.organization.name : joined
  if (organizationJoined) {
    return (
      <Card title={text.inviteDoneTitle(organizationJoined)} lead={text.inviteDoneText}>
        <ReturnLink to="/organization" label={text.openOrganization} />
      </Card>
    )
  }
  if (lookup.status === 'dead')
    return <Card title={text.linkDeadTitle} lead={text.inviteDeadText} />
  if (lookup.status === 'failed') {
    return (
      <Card title={text.linkDeadTitle}>
        <p className="failure" role="alert">
          {errorText(lookup.error)}
        </p>
      </Card>
    )
  }
  if (lookup.status === 'loading' || !isLoaded) return <CardSkeleton />

  const { invitation } = lookup
  const onJoined = () => setJoined(invitation.organization.name)
  const onDead = () => setLookup({ status: 'dead' })
  if (!isAuthenticated || !user) {
    const onSignedUp = () => setSignedUp(true)
    return <InvitationSignIn invitation={invitation} token={linkToken} onSignedUp={onSignedUp} />
  }
  if (user.email.toLowerCase() !== invitation.email.toLowerCase()) {
    return <WrongAccountCard invitation={invitation} current={user.email} />
  }
  return <JoinCard invitation={invitation} token={linkToken} onJoined={onJoined} onDead={onDead} />
}
