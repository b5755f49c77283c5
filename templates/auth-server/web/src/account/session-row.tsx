import { useState } from 'react'
import { useMessages } from '../messages/en.ts'
import { relativeTime } from './relative-time.ts'
import type { SignedInSession } from './sessions-section.tsx'

export function SessionRow(props: {
  session: SignedInSession
  device: string
  onEnd: () => Promise<void>
}) {
  const { session, device, onEnd } = props
  const text = useMessages()
  const [isBusy, setBusy] = useState(false)
  const end = async () => {
    setBusy(true)
    await onEnd()
    setBusy(false)
  }
  return (
    <li className="row">
      <span className="person-text">
        <span title={session.userAgent ?? undefined}>{device}</span>
        <span title={new Date(session.lastSeenAt).toLocaleString()}>
          {text.lastSeen(relativeTime(session.lastSeenAt))}
          {session.ip && ` · ${session.ip}`}
        </span>
      </span>
      {session.current ? (
        <span className="label">{text.thisDevice}</span>
      ) : (
        <button
          type="button"
          className="button"
          onClick={end}
          disabled={isBusy}
          aria-label={text.endSessionOf(device)}
        >
          {text.endSession}
        </button>
      )}
    </li>
  )
}
