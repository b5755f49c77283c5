import { LoginForm } from '@authstack/react'
import { useEffect } from 'react'
import { AuthorizationGate } from '../authorization/authorization-gate.tsx'
import { usePageUrl } from '../core/page-context.tsx'
import { followTo, goTo } from '../core/page-location.ts'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'

export function LoginPage() {
  return (
    <AuthorizationGate>
      {(authorization) =>
        authorization.status === 'open' && authorization.screen === 'signup' && !wantsLogin() ? (
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
      <LoginForm
        signUpUrl={pageUrl('/signup')}
        onSignUp={followTo(pageUrl('/signup'))}
        forgotPasswordUrl={pageUrl('/forgot-password')}
        onForgotPassword={followTo(pageUrl('/forgot-password'))}
      />
    </main>
  )
}

/** The app asked for the sign-up page; every request arrives at /login first. */
function ToSignup() {
  const url = usePageUrl()('/signup')
  useEffect(() => goTo(url, { replace: true }), [url])
  return null
}

// Links from the other pages say so; without it an app's wish for sign-up would send people round in a circle.
const wantsLogin = () => new URLSearchParams(window.location.search).get('screen') === 'login'
