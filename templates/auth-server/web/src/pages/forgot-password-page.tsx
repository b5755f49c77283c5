import { PasswordResetRequest } from '@authstack/react'
import { usePageUrl } from '../core/page-context.tsx'
import { followTo } from '../core/page-location.ts'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'

export function ForgotPasswordPage() {
  useTitle(useMessages().forgotTitle)
  const loginUrl = usePageUrl()('/login?screen=login')
  return (
    <main className="page">
      <PasswordResetRequest signInUrl={loginUrl} onSignIn={followTo(loginUrl)} />
    </main>
  )
}
