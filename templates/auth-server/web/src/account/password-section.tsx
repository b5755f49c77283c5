import { useAuth } from '@authstack/react'
import { useState } from 'react'
import { useMessages } from '../messages/en.ts'
import { ActionButton } from '../parts/action-button.tsx'

/** Changing the password goes by mail, so an unlocked screen alone cannot take the account over. */
export function PasswordSection() {
  const { user, requestPasswordReset } = useAuth()
  const text = useMessages()
  const [isSent, setSent] = useState(false)
  if (!user) return null
  return (
    <section className="section" aria-labelledby="password-title">
      <div className="section-head">
        <h2 id="password-title">{text.changePassword}</h2>
        <p className="lead">{text.changePasswordText}</p>
      </div>
      <div className="form-foot">
        <ActionButton
          kind="inline"
          onAction={async () => {
            await requestPasswordReset(user.email)
            setSent(true)
          }}
        >
          {text.changePasswordAction}
        </ActionButton>
        <p role="status" className="success">
          {isSent && text.changePasswordSent(user.email)}
        </p>
      </div>
    </section>
  )
}
