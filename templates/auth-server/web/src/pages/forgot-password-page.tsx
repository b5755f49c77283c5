import { PasswordResetRequest } from '@authstack/react'
import { usePageUrl } from '../core/page-context.tsx'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'

export function ForgotPasswordPage() {
  useTitle(useMessages().forgotTitle)
  const pageUrl = usePageUrl()
  return (
    <main className="page">
      <PasswordResetRequest loginUrl={pageUrl('/login')} />
    </main>
  )
}
