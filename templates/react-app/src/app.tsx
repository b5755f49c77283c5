import { AuthStackProvider, ProtectedRoute, TenantProvider } from '@authstack/react'
import '@authstack/react/styles.css'
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router'
import { CallbackPage } from './pages/callback-page.tsx'
import { LoginPage } from './pages/login-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { ProjectsPage } from './pages/projects-page.tsx'
import { SettingsPage } from './pages/settings-page.tsx'
import { SignupPage } from './pages/signup-page.tsx'
import { TeamPage } from './pages/team-page.tsx'
import { AppShell } from './parts/app-shell.tsx'
import { FollowTheme } from './parts/follow-theme.tsx'
import { RequireOrganizationPage } from './parts/require-organization.tsx'
import { SessionPending } from './parts/session-pending.tsx'
import type { Settings } from './read-settings.ts'

/** The map of the app: what anyone may see, and what needs a signed-in person with an organization. */
export function App({ settings }: { settings: Settings }) {
  return (
    <AuthStackProvider
      apiKey={settings.apiKey}
      endpoint={settings.endpoint}
      redirectUri={`${window.location.origin}/callback`}
    >
      <FollowTheme />
      <TenantProvider>
        <Routes>
          <Route path="/login" element={<LoginPage settings={settings} />} />
          <Route path="/signup" element={<SignupPage />} />
          <Route path="/callback" element={<CallbackPage />} />
          <Route element={<SignedIn />}>
            <Route element={<RequireOrganizationPage />}>
              <Route element={<AppShell settings={settings} />}>
                <Route index element={<ProjectsPage />} />
                <Route path="/team" element={<TeamPage />} />
                <Route path="/settings" element={<SettingsPage settings={settings} />} />
              </Route>
            </Route>
          </Route>
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </TenantProvider>
    </AuthStackProvider>
  )
}

/** Sends a signed-out visitor to sign in, and remembers where they wanted to go. */
function SignedIn() {
  const location = useLocation()
  const returnTo = `${location.pathname}${location.search}`
  return (
    <ProtectedRoute
      loading={<SessionPending />}
      fallback={<Navigate to={`/login?${new URLSearchParams({ returnTo })}`} replace />}
    >
      <Outlet />
    </ProtectedRoute>
  )
}
