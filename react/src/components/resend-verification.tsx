import { useState } from 'react'
import { type AuthStackError, toAuthStackError } from '../core/authstack-error.ts'
import { useAuth } from '../hooks/use-auth.ts'
import { useText } from '../hooks/use-text.ts'
import { LinkAction } from './ui/link-action.tsx'

/** "Send again", which answers in its own place. */
export function ResendVerification({ email }: { email: string }) {
  const { resendVerification } = useAuth()
  const { text, errorText } = useText()
  const [state, setState] = useState<'idle' | 'sent' | AuthStackError>('idle')
  const resend = async () => {
    try {
      await resendVerification(email)
      setState('sent')
    } catch (error) {
      setState(toAuthStackError(error))
    }
  }
  return (
    <p aria-live="polite">
      {state === 'sent' && text('checkEmail.resent')}
      {typeof state === 'object' && `${errorText(state)} `}
      {state !== 'sent' && (
        <LinkAction onClick={() => void resend()}>{text('checkEmail.resend')}</LinkAction>
      )}
    </p>
  )
}
