import { usePage } from '../core/page-context.tsx'
import { useMessages } from '../messages/en.ts'
import { Card } from '../parts/card.tsx'

/**
 * An app asked for a sign-in that must not be started: unknown key, or a redirect address that is not on its list.
 * There is no link back on purpose: the address to go back to is what cannot be trusted.
 */
export function BadRequestPage() {
  const text = useMessages()
  const { error } = usePage().config
  return (
    <Card title={text.badRequestTitle} lead={text.badRequestText}>
      <p className="code-line">
        <code>{error?.code}</code>
      </p>
    </Card>
  )
}
