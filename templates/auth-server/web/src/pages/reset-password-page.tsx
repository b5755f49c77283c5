import { PasswordResetForm } from '@authstack/react'
import { usePage, usePageUrl } from '../core/page-context.tsx'
import { followTo } from '../core/page-location.ts'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'

export function ResetPasswordPage() {
  const { linkToken, config } = usePage()
  useTitle(useMessages().resetTitle)
  const pageUrl = usePageUrl()
  const requestUrl = pageUrl('/forgot-password')
  const loginUrl = pageUrl('/login?screen=login')
  // People who came from an app sign in there; a session of these pages would not help them.
  const signIn = config.returnTo
    ? { signInUrl: config.returnTo.url }
    : { signInUrl: loginUrl, onSignIn: followTo(loginUrl) }
  return (
    <main className="page">
      <PasswordResetForm
        token={linkToken ?? undefined}
        requestUrl={requestUrl}
        onRequest={followTo(requestUrl)}
        {...signIn}
      />
    </main>
  )
}
