import { useAuth } from '@authstack/react'
import { type FormEvent, useState } from 'react'
import { codeOf, useErrorText } from '../core/instance.ts'
import { usePage } from '../core/page-context.tsx'
import { useMessages } from '../messages/en.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Card } from '../parts/card.tsx'
import { PageLink } from '../parts/page-link.tsx'
import { ReturnLink } from '../parts/return-link.tsx'

/**
 * The link of a verification mail. It waits for a click: mail scanners open links, and a link that was spent by
 * one would be dead for the person.
 */
export function VerifyEmailPage() {
  const { linkToken } = usePage()
  const { verifyEmail, user } = useAuth()
  const text = useMessages()
  const [outcome, setOutcome] = useState<'waiting' | 'done' | 'dead'>(
    linkToken ? 'waiting' : 'dead',
  )

  if (outcome === 'done') {
    return (
      <Card title={text.verifyDoneTitle} lead={user ? text.verifyDoneText(user.email) : undefined}>
        <ReturnLink />
      </Card>
    )
  }
  if (outcome === 'dead' || !linkToken) {
    return (
      <Card
        title={linkToken ? text.linkDeadTitle : text.linkIncompleteTitle}
        lead={linkToken ? text.verifyDeadText : text.linkIncompleteText}
        foot={<PageLink to="/login">{text.backToSignIn}</PageLink>}
      >
        <ResendForm />
      </Card>
    )
  }
  return (
    <Card title={text.verifyTitle} lead={text.verifyText}>
      <ActionButton
        onAction={async () => {
          await verifyEmail(linkToken)
          setOutcome('done')
        }}
        onFailure={(error) => {
          const isDead = codeOf(error) === 'link_invalid'
          if (isDead) setOutcome('dead')
          return isDead
        }}
      >
        {text.verifyAction}
      </ActionButton>
    </Card>
  )
}

/** Asks for another mail. The answer is the same for every address, so nobody learns who has an account. */
function ResendForm() {
  const { resendVerification } = useAuth()
  const text = useMessages()
  const errorText = useErrorText()
  const [email, setEmail] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [isDone, setDone] = useState(false)
  const [failure, setFailure] = useState('')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!email.includes('@')) return setFailure(text.emailMissing)
    setBusy(true)
    setFailure('')
    try {
      await resendVerification(email.trim())
      setDone(true)
    } catch (error) {
      setFailure(errorText(error))
    }
    setBusy(false)
  }
  if (isDone) {
    return (
      <p className="success" role="status">
        {text.resendDone}
      </p>
    )
  }
  return (
    <form className="form" onSubmit={send} noValidate>
      <div className="field">
        <label htmlFor="resend-email">{text.resendLabel}</label>
        <input
          id="resend-email"
          className="input"
          type="email"
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          aria-invalid={failure ? true : undefined}
          aria-describedby={failure ? 'resend-failure' : undefined}
        />
        {failure && (
          <p className="failure" id="resend-failure" role="alert">
            {failure}
          </p>
        )}
      </div>
      <button type="submit" className="button button-wide button-primary" disabled={isBusy}>
        {text.resendAction}
      </button>
    </form>
  )
}
