import { useText } from '../hooks/use-text.ts'
import { ResendVerification } from './resend-verification.tsx'
import { Alert } from './ui/alert.tsx'

/** After the right password of an address that was never verified: what to do, and a way to do it. */
export function UnverifiedNotice({ email }: { email: string }) {
  const { text } = useText()
  return (
    <Alert tone="info">
      <strong>{text('login.unverified.title')}</strong>
      <p>{text('login.unverified.body', { email })}</p>
      <ResendVerification email={email} />
    </Alert>
  )
}
