import { LoginForm, useAuth } from '@authstack/react'
import { useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'
import { hostedPage } from '../instance-pages.ts'
import { AuthLayout } from '../parts/auth-layout.tsx'
import type { Settings } from '../read-settings.ts'
import { safeReturnTo } from '../return-to.ts'
import { useTitle } from '../use-title.ts'

/** Signing in inside the app, or on the instance's own page. */
export function LoginPage({ settings }: { settings: Settings }) {
  useTitle('Sign in')
  const { isAuthenticated } = useAuth()
  const [search] = useSearchParams()
  const returnTo = safeReturnTo(search.get('returnTo'))
  if (isAuthenticated) return <Navigate to={returnTo} replace />
  return (
    <AuthLayout>
      <LoginForm
        title="Sign in"
        signUpUrl="/signup"
        forgotPasswordUrl={hostedPage(settings, '/forgot-password')}
      />
      <HostedSignIn returnTo={returnTo} />
    </AuthLayout>
  )
}

function HostedSignIn({ returnTo }: { returnTo: string }) {
  const { loginWithRedirect } = useAuth()
  const [isLeaving, setLeaving] = useState(false)
  const [failure, setFailure] = useState('')
  const leave = async () => {
    setLeaving(true)
    setFailure('')
    try {
      await loginWithRedirect({ returnTo })
    } catch (error) {
      setLeaving(false)
      setFailure(error instanceof Error ? error.message : 'The sign-in page cannot be reached.')
    }
  }
  return (
    <div className="hosted-sign-in">
      <p className="divider">
        <span>or</span>
      </p>
      <button type="button" className="button button-wide" onClick={leave} disabled={isLeaving}>
        Use the hosted sign-in page
      </button>
      {failure && (
        <p className="failure" role="alert">
          {failure}
        </p>
      )}
    </div>
  )
}
