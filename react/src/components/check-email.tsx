import type { ReactNode } from 'react'
import { useText } from '../hooks/use-text.ts'
import { Card } from './ui/card.tsx'

interface CheckEmailProps {
  name: string
  className?: string
  body: string
  children?: ReactNode
  footer?: ReactNode
}

/** The same words for a known and an unknown address: the screen must not tell who has an account. */
export function CheckEmail({ name, className, body, children, footer }: CheckEmailProps) {
  const { text } = useText()
  return (
    <Card
      name={name}
      className={className}
      icon="mail"
      title={text('checkEmail.title')}
      body={body}
      footer={footer}
    >
      <div className="as-note" role="status">
        <p className="as-muted">{text('checkEmail.spam')}</p>
        {children}
      </div>
    </Card>
  )
}
