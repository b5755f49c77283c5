import { useAuth } from '@authstack/react'
import { type FormEvent, useState } from 'react'
import { useErrorText } from '../core/instance.ts'
import { usePackageText } from '../core/package-text.ts'
import { useMessages } from '../messages/en.ts'
import { Card } from '../parts/card.tsx'
import { PageLink } from '../parts/page-link.tsx'

/** Asks for another verification mail. One answer for every address, so nobody learns who has an account. */
export function ResendCard() {
  const { resendVerification } = useAuth()
  const text = usePackageText()
  const own = useMessages()
  const errorText = useErrorText()
  const [email, setEmail] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [isDone, setDone] = useState(false)
  const [failure, setFailure] = useState('')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    if (!/^\S+@\S+$/.test(email.trim())) return setFailure(text('error.field.email'))
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
  const foot = <PageLink to="/login?screen=login">{text('reset.back')}</PageLink>
  if (isDone) {
    return (
      <Card
        title={text('checkEmail.title')}
        lead={text('checkEmail.verify', { email: email.trim() })}
        foot={foot}
      >
        <p className="lead" role="status">
          {text('checkEmail.spam')}
        </p>
      </Card>
    )
  }
  return (
    <Card title={own.resendTitle} lead={own.resendLead} foot={foot}>
      <form className="form" onSubmit={send} noValidate>
        <div className="field">
          <label htmlFor="resend-email">{text('field.email')}</label>
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
          {text('reset.submit')}
        </button>
      </form>
    </Card>
  )
}
