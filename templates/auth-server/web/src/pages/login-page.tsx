import { LoginForm } from '@authstack/react'
import { useEffect } from 'react'
import { AuthorizationGate } from '../authorization/authorization-gate.tsx'
import { usePageUrl } from '../core/page-context.tsx'
import { goTo } from '../core/page-location.ts'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'

export function LoginPage() {
  return (
    <AuthorizationGate>
      {(authorization) =>
        authorization.status === 'open' && authorization.screen === 'signup' && isFirstVisit() ? (
          <ToSignup />
        ) : (
          <Login />
        )
      }
    </AuthorizationGate>
  )
}

function Login() {
  useTitle(useMessages().signIn)
  const pageUrl = usePageUrl()
  return (
    <main className="page">
      <LoginForm signupUrl={pageUrl('/signup')} forgotPasswordUrl={pageUrl('/forgot-password')} />
    </main>
  )
}

/** The app asked for the sign-up page; every request arrives at /login first. */
function ToSignup() {
  const url = usePageUrl()('/signup')
  useEffect(() => goTo(url, { replace: true }), [url])
  return null
}

// Someone who came from the sign-up page by its "Sign in" link wants to sign in.
const isFirstVisit = () => window.history.state?.authstackPage === undefined
