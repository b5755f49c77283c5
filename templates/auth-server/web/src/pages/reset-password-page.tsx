import { PasswordResetForm } from '@authstack/react'
import { usePage, usePageUrl } from '../core/page-context.tsx'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'
import { Card } from '../parts/card.tsx'
import { PageLink } from '../parts/page-link.tsx'

export function ResetPasswordPage() {
  const { linkToken } = usePage()
  const text = useMessages()
  const pageUrl = usePageUrl()
  useTitle(text.resetTitle)
  if (!linkToken) {
    return (
      <Card title={text.linkIncompleteTitle} lead={text.linkIncompleteText}>
        <PageLink className="button button-wide" to="/forgot-password">
          {text.askAnotherReset}
        </PageLink>
      </Card>
    )
  }
  return (
    <main className="page">
      <PasswordResetForm token={linkToken} loginUrl={pageUrl('/login')} />
    </main>
  )
}
