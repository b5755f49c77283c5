import { useMessages } from '../messages/en.ts'
import { Card } from '../parts/card.tsx'
import { PageLink } from '../parts/page-link.tsx'

export function NotFoundPage() {
  const text = useMessages()
  return (
    <Card title={text.notFoundTitle} lead={text.notFoundText}>
      <PageLink className="button button-wide button-primary" to="/account">
        {text.goToAccount}
      </PageLink>
    </Card>
  )
}
