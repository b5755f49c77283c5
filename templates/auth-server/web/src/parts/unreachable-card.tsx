import { useAuth } from '@authstack/react'
import { useErrorText } from '../core/instance.ts'
import { useMessages } from '../messages/en.ts'
import { ActionButton } from './action-button.tsx'
import { Card } from './card.tsx'

/** It cannot be found out who is here, because the instance does not answer. The session is not lost by that. */
export function UnreachableCard({ error }: { error: unknown }) {
  const { refreshToken } = useAuth()
  const text = useMessages()
  const errorText = useErrorText()
  return (
    <Card title={text.unreachableTitle} lead={errorText(error)}>
      <ActionButton onAction={refreshToken}>{text.tryAgain}</ActionButton>
    </Card>
  )
}
