import { isAuthStackError, type MessageKey, useAuthStack } from '@authstack/react'
import { useCallback, useMemo } from 'react'
import { useMessages } from '../messages/en.ts'
import type { PageConfig } from './page-config.ts'
import { usePage } from './page-context.tsx'

/** The instance's API as these pages use it, beyond what the hooks of @authstack/react do. */
export function useInstance() {
  const { client } = useAuthStack()
  const { config } = usePage()
  return useMemo(
    () => ({
      /** As the signed-in person. */
      request: <T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
        client.request<T>(path, { method, ...(body === undefined ? {} : { body }) }),
      /** As anybody: needs the page's key and no person. */
      ask: <T>(path: string) => ask<T>(config, path),
    }),
    [client, config],
  )
}

/** The failure in words for the person, in their language. */
export function useErrorText(): (error: unknown) => string {
  const { locale } = useAuthStack()
  const { somethingFailed } = useMessages()
  return useCallback(
    (error) => {
      if (!isAuthStackError(error)) return somethingFailed
      const known = locale.messages[`error.${error.code}` as MessageKey]
      if (typeof known === 'string') return known
      // What the instance said about a request of this person; its own faults are not for them to read.
      return error.status > 0 && error.status < 500 ? error.detail : somethingFailed
    },
    [locale, somethingFailed],
  )
}

/** An answer that was not 2xx to a question that needs no person. */
export class AskError extends Error {
  readonly status: number

  constructor(status: number) {
    super(`The instance answered ${status}`)
    this.status = status
  }
}

async function ask<T>(config: PageConfig, path: string): Promise<T> {
  const response = await fetch(`${config.endpoint}/api/v1/${path}`, {
    headers: { 'X-AuthStack-Key': config.apiKey },
    signal: AbortSignal.timeout(15_000),
  })
  if (!response.ok) throw new AskError(response.status)
  return (await response.json()) as T
}
