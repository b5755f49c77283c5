import { AuthStackProvider, TenantProvider } from '@authstack/react'
import type { PageContext } from './core/page-context.tsx'
import { PageContextProvider } from './core/page-context.tsx'
import { usePagePath } from './core/page-location.ts'
import { AcceptInvitationPage } from './pages/accept-invitation-page.tsx'
import { AccountPage } from './pages/account-page.tsx'
import { BadRequestPage } from './pages/bad-request-page.tsx'
import { ForgotPasswordPage } from './pages/forgot-password-page.tsx'
import { LoginPage } from './pages/login-page.tsx'
import { NotFoundPage } from './pages/not-found-page.tsx'
import { OrganizationPage } from './pages/organization-page.tsx'
import { ResetPasswordPage } from './pages/reset-password-page.tsx'
import { SignupPage } from './pages/signup-page.tsx'
import { VerifyEmailPage } from './pages/verify-email-page.tsx'
import { FollowTheme } from './parts/follow-theme.tsx'
import { TestMode } from './parts/test-mode.tsx'

const pages: Record<string, () => React.ReactNode> = {
  '/login': LoginPage,
  '/signup': SignupPage,
  '/forgot-password': ForgotPasswordPage,
  '/reset-password': ResetPasswordPage,
  '/verify-email': VerifyEmailPage,
  '/accept-invitation': AcceptInvitationPage,
  '/account': AccountPage,
  '/organization': OrganizationPage,
}

/** The hosted pages: one a path, below `/` for live and `/test` for test mode. */
export function App({ page }: { page: PageContext }) {
  const path = usePagePath(page.config.basePath)
  const Page = page.config.error ? BadRequestPage : (pages[path] ?? NotFoundPage)
  return (
    <PageContextProvider value={page}>
      <AuthStackProvider apiKey={page.config.apiKey} endpoint={page.config.endpoint}>
        <FollowTheme />
        <TenantProvider>
          <Page key={path} />
          {page.config.mode === 'test' && <TestMode />}
        </TenantProvider>
      </AuthStackProvider>
    </PageContextProvider>
  )
}
