import { SignupForm, useAuth } from '@authstack/react'
import { Navigate } from 'react-router'
import { AuthLayout } from '../parts/auth-layout.tsx'
import { useTitle } from '../use-title.ts'

/** Creating an account. The mail that follows leads to the instance's page, and from there back here. */
export function SignupPage() {
  useTitle('Create an account')
  const { isAuthenticated } = useAuth()
  if (isAuthenticated) return <Navigate to="/" replace />
  return (
    <AuthLayout>
      <SignupForm title="Create your account" signInUrl="/login" />
    </AuthLayout>
  )
}
