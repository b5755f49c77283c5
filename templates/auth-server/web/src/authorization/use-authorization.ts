import { useCallback, useEffect, useState } from 'react'
import { useInstance } from '../core/instance.ts'
import { usePage } from '../core/page-context.tsx'

/** The sign-in that an app has asked for, if this visit belongs to one. */
export type Authorization =
  | { status: 'none' }
  | { status: 'loading' }
  | { status: 'gone' }
  | { status: 'failed'; error: unknown }
  | { status: 'open'; clientName: string; screen: 'login' | 'signup' }

interface RequestAnswer {
  client: { name: string }
  screen: 'login' | 'signup' | null
  organizationId: string | null
}

/** Looks the request up, and can finish it for the person who is signed in here. */
export function useAuthorization() {
  const { requestId } = usePage()
  const { ask, request } = useInstance()
  const [authorization, setAuthorization] = useState<Authorization>(
    requestId ? { status: 'loading' } : { status: 'none' },
  )

  useEffect(() => {
    if (!requestId) return
    let isStale = false
    ask<RequestAnswer>(`auth/authorize/${encodeURIComponent(requestId)}`).then(
      ({ client, screen }) =>
        isStale ||
        setAuthorization({ status: 'open', clientName: client.name, screen: screen ?? 'login' }),
      (error) =>
        isStale ||
        setAuthorization(isGone(error) ? { status: 'gone' } : { status: 'failed', error }),
    )
    return () => {
      isStale = true
    }
  }, [requestId, ask])

  /** Leaves for the app with a one-time code. The address comes from the instance, which checked it before. */
  const complete = useCallback(async () => {
    if (!requestId) return
    try {
      const { redirectTo } = await request<{ redirectTo: string }>(
        'POST',
        `auth/authorize/${encodeURIComponent(requestId)}/complete`,
        {},
      )
      window.location.assign(redirectTo)
    } catch (error) {
      if (isGone(error)) setAuthorization({ status: 'gone' })
      throw error
    }
  }, [requestId, request])

  return { authorization, complete }
}

function isGone(error: unknown): boolean {
  const { status } = error as { status?: number }
  return status === 404 || status === 410 || status === 400
}
