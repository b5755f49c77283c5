import { SignupForm } from '@authstack/react'
import { AuthorizationGate } from '../authorization/authorization-gate.tsx'
import { usePageUrl } from '../core/page-context.tsx'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'

export function SignupPage() {
  return <AuthorizationGate>{() => <Signup />}</AuthorizationGate>
}

function Signup() {
  useTitle(useMessages().createAccount)
  const pageUrl = usePageUrl()
  return (
    <main className="page">
      <SignupForm loginUrl={pageUrl('/login')} />
    </main>
  )
}
