import { useAuth, VerifyEmail } from '@authstack/react'
import { useState } from 'react'
import { ResendCard } from '../account/resend-card.tsx'
import { usePackageText } from '../core/package-text.ts'
import { usePage } from '../core/page-context.tsx'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'
import { Card } from '../parts/card.tsx'
import { ReturnLink } from '../parts/return-link.tsx'

/**
 * The link of a verification mail. It waits for a click: mail scanners open links, and a link that was spent by
 * one would be dead for the person.
 */
export function VerifyEmailPage() {
  const { linkToken } = usePage()
  const { user } = useAuth()
  const text = usePackageText()
  const [step, setStep] = useState<'confirm' | 'done' | 'resend'>('confirm')
  useTitle(useMessages().verifyTitle)
  if (step === 'resend') return <ResendCard />
  if (step === 'done') {
    return (
      <Card
        title={text('verify.done.title')}
        lead={user && text('verify.done.body', { email: user.email })}
      >
        <ReturnLink />
      </Card>
    )
  }
  return (
    <main className="page">
      <VerifyEmail
        token={linkToken ?? undefined}
        onSuccess={() => setStep('done')}
        onRequest={() => setStep('resend')}
      />
    </main>
  )
}
