'use client'

import { Navigate, Outlet, useLocation } from 'react-router'
import {
  ProtectedRoute as PlainProtectedRoute,
  type ProtectedRouteProps,
} from './components/protected-route.tsx'

/**
 * `<Route element={<ProtectedRoute />}>` for react-router 6.4 and 7: renders the matched child
 * route for signed-in people and sends others to `signInUrl` (default `/login`), whose location
 * state holds `from`.
 */
export function ProtectedRoute(props: ProtectedRouteProps) {
  const { signInUrl = '/login', fallback, outlet = <Outlet />, ...rest } = props
  const from = useLocation()
  return (
    <PlainProtectedRoute
      {...rest}
      outlet={outlet}
      fallback={fallback ?? <Navigate to={signInUrl} replace state={{ from }} />}
    />
  )
}
