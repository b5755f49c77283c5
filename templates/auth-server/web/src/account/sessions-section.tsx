import { useCallback, useEffect, useState } from 'react'
import { useErrorText, useInstance } from '../core/instance.ts'
import { useMessages } from '../messages/en.ts'
import { describeDevice } from './describe-device.ts'
import { SessionRow } from './session-row.tsx'

/** One place where the person is signed in. Times are ISO 8601. */
export interface SignedInSession {
  id: string
  current: boolean
  createdAt: string
  lastSeenAt: string
  ip: string | null
  userAgent: string | null
}

/** Every device with a session, and a way to end each of the others. */
export function SessionsSection() {
  const { request } = useInstance()
  const text = useMessages()
  const errorText = useErrorText()
  const [sessions, setSessions] = useState<SignedInSession[] | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [said, setSaid] = useState('')

  const load = useCallback(async () => {
    setFailure(null)
    try {
      const { data } = await request<{ data: SignedInSession[] }>('GET', 'me/sessions')
      setSessions(data.toSorted((a, b) => Number(b.current) - Number(a.current)))
    } catch (error) {
      setFailure(error)
    }
  }, [request])
  useEffect(() => {
    load()
  }, [load])

  const end = async (session: SignedInSession) => {
    try {
      await request('DELETE', `me/sessions/${session.id}`)
      setSessions((all) => all?.filter(({ id }) => id !== session.id) ?? null)
      setSaid(text.sessionEnded)
    } catch (error) {
      setFailure(error)
    }
  }

  return (
    <section className="section" aria-labelledby="sessions-title">
      <div className="section-head">
        <h2 id="sessions-title">{text.sessionsTitle}</h2>
        <p className="lead">{text.sessionsText}</p>
      </div>
      {failure !== null && (
        <div className="form-foot" role="alert">
          <p className="failure">{errorText(failure)}</p>
          <button type="button" className="button" onClick={load}>
            {text.tryAgain}
          </button>
        </div>
      )}
      {sessions === null && failure === null && (
        <span className="skeleton skeleton-row" aria-hidden="true" />
      )}
      {sessions && (
        <ul className="rows">
          {sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              device={describeDevice(session.userAgent) ?? text.unknownDevice}
              onEnd={() => end(session)}
            />
          ))}
        </ul>
      )}
      <p className={said ? 'success' : 'visually-hidden'} role="status">
        {said}
      </p>
    </section>
  )
}
