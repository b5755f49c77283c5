import { Card } from './ui/card.tsx'
import { LinkAction } from './ui/link-action.tsx'

interface DoneCardProps {
  name: string
  className?: string
  title: string
  body: string
  /** The way on; left out when there is neither an address nor an action. */
  actionLabel: string
  href?: string
  onAction?: () => void
}

/** The end of a way that a mailed link began: what is true now, and where to go on. */
export function DoneCard(props: DoneCardProps) {
  const { name, className, title, body, actionLabel, href, onAction } = props
  return (
    <Card
      name={name}
      className={className}
      icon="check"
      tone="success"
      title={title}
      body={body}
      footer={
        (href || onAction) && (
          <LinkAction look="button" href={href} onClick={onAction}>
            {actionLabel}
          </LinkAction>
        )
      }
    />
  )
}
