import { AcceptInvitation, useTenant } from '@authstack/react'
import { useState } from 'react'
import { usePackageText } from '../core/package-text.ts'
import { usePage } from '../core/page-context.tsx'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'
import { Card } from '../parts/card.tsx'
import { ReturnLink } from '../parts/return-link.tsx'

/**
 * The link of an invitation mail. `AcceptInvitation` draws the four cases: the right person, the wrong person,
 * a known person who is signed out, a new person. This page adds the way on.
 */
export function AcceptInvitationPage() {
  const { linkToken } = usePage()
  const { currentOrganization } = useTenant()
  const text = usePackageText()
  const own = useMessages()
  const [joined, setJoined] = useState<{ name: string | null } | null>(null)
  useTitle(own.invitationTitle)
  if (joined) {
    const organization = joined.name ?? currentOrganization?.name ?? ''
    return (
      <Card title={text('invitation.done.title', { organization })} lead={own.invitationDoneText}>
        <ReturnLink to="/organization" label={own.openOrganization} />
      </Card>
    )
  }
  return (
    <main className="page">
      <AcceptInvitation
        token={linkToken ?? undefined}
        onAccepted={(organization) => setJoined({ name: organization?.name ?? null })}
      />
    </main>
  )
}
