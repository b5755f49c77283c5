import { setTimeout as sleep } from 'node:timers/promises'
import type { Demo } from '../demo/demo.ts'
import { type Api, ApiError, openApi } from '../lib/api.ts'
import { type Summary, summarize } from './statistics.ts'

type Session = { accessToken: string; organizations: { id: string }[] }

const warmUps = 3
const signIns = 30
const switches = 100
/** Between sign-ins, so that the throttle of one address is not what is measured. */
const pauseMilliseconds = 250
const throttleWaitMilliseconds = 15_000

/** Sign-in (bcrypt, session, token of the hub) and switch (a token of another realm) of one person, one at a time. */
export async function measureLatency(demo: Demo): Promise<{ signIn: Summary; change: Summary }> {
  const api = openApi(demo.api, demo.nativeKey)
  const person = demo.users.find(({ organizations }) => organizations.length > 1)
  if (!person) throw new Error('nobody of the demo is in two organizations')
  const body = { email: person.email, password: person.password }

  const signIn: number[] = []
  let session = await login(api, body)
  for (let round = 0; round < warmUps + signIns; round++) {
    const started = performance.now()
    session = await login(api, body, () => signIn.push(performance.now() - started))
    if (round < warmUps) signIn.length = 0
    await sleep(pauseMilliseconds)
  }

  const change: number[] = []
  for (let round = 0; round < warmUps + switches; round++) {
    const organization = session.organizations[round % session.organizations.length]
    const started = performance.now()
    await api('POST', 'auth/switch', {
      bearer: session.accessToken,
      body: { organizationId: organization?.id },
    })
    change.push(performance.now() - started)
    if (round < warmUps) change.length = 0
  }
  return { signIn: summarize(signIn), change: summarize(change) }
}

/** Calls `done` at once when it worked. A throttled try is not counted; it waits and tries once more. */
async function login(api: Api, body: unknown, done = () => {}): Promise<Session> {
  try {
    const session = await api<Session>('POST', 'auth/login', { body })
    done()
    return session
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 429) throw error
    await sleep(throttleWaitMilliseconds)
    return await api<Session>('POST', 'auth/login', { body })
  }
}
