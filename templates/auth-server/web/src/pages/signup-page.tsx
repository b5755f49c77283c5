import { SignupForm } from '@authstack/react'
import { AuthorizationGate } from '../authorization/authorization-gate.tsx'
import { usePageUrl } from '../core/page-context.tsx'
import { followTo } from '../core/page-location.ts'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'

export function SignupPage() {
  return <AuthorizationGate>{() => <Signup />}</AuthorizationGate>
}

function Signup() {
  useTitle(useMessages().createAccount)
  const loginUrl = usePageUrl()('/login?screen=login')
  return (
    <main className="page">
      <SignupForm signInUrl={loginUrl} onSignIn={followTo(loginUrl)} />
    </main>
  )
}
