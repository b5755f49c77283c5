import { useText } from '../hooks/use-text.ts'
import { Card } from './ui/card.tsx'
import { LinkAction } from './ui/link-action.tsx'

interface DeadLinkProps {
  name: string
  className?: string
  /** `missing`: no token in the address. `invalid`: used, expired or cancelled. */
  kind: 'missing' | 'invalid'
  requestUrl?: string
  onRequest?: () => void
}

export function DeadLink({ name, className, kind, requestUrl, onRequest }: DeadLinkProps) {
  const { text } = useText()
  return (
    <Card
      name={name}
      className={className}
      icon="alert"
      tone="danger"
      title={text(`link.${kind}.title`)}
      body={text(`link.${kind}.body`)}
      footer={
        (requestUrl || onRequest) && (
          <LinkAction look="button" href={requestUrl} onClick={onRequest}>
            {text('link.request')}
          </LinkAction>
        )
      }
    />
  )
}
