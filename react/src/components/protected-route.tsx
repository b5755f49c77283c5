import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useAuth } from '../hooks/use-auth.ts'
import { LoginForm } from './login-form.tsx'
import { SessionLoading } from './session-loading.tsx'

export interface ProtectedRouteProps {
  /** What only signed-in people see. */
  children?: ReactNode
  /** The same for routers with layout routes: `outlet={<Outlet />}`. */
  outlet?: ReactNode
  /** Shown to others. Default: `signInUrl` if given, else the sign-in form in place. */
  fallback?: ReactNode
  /** Others are sent there, with `?returnTo=<where they were>`. */
  signInUrl?: string
  /** Shown until it is known who is there. */
  loading?: ReactNode
}

/**
 * Shows its content to signed-in people only. As react-router's layout element take the one from
 * `@authstack/react/react-router`, which brings the outlet itself.
 */
export function ProtectedRoute(props: ProtectedRouteProps) {
  const { children, outlet, fallback, signInUrl, loading } = props
  const { isAuthenticated, isLoaded } = useAuth()
  if (!isLoaded) return <>{loading ?? <SessionLoading />}</>
  if (isAuthenticated) return <>{children ?? outlet}</>
  if (fallback !== undefined) return <>{fallback}</>
  if (signInUrl) return <Leave to={signInUrl} />
  return <LoginForm className="as-centered" />
}

function Leave({ to }: { to: string }) {
  useEffect(() => {
    const { pathname, search, hash } = window.location
    const url = new URL(to, window.location.href)
    url.searchParams.set('returnTo', pathname + search + hash)
    window.location.assign(url)
  }, [to])
  return <SessionLoading />
}
