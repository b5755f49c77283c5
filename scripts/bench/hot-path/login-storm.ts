import { openApi } from '../../lib/api.ts'
import type { BenchInstance } from './bench-instance.ts'
import type { Load } from './install-tools.ts'
import { median } from './measure-cost.ts'

export type Storm = {
  perSecond: number
  calmP99Ms: number
  stormP99Ms: number
  /** Sign-ins a second while it lasted. */
  signInsPerSecond: number
}

const SECONDS = 5
/** Far below what one core answers, so that no queue of our own is measured. */
const PER_SECOND = 400
/** At once; Keycloak hashes two on two cores, the others wait. */
const SIGN_INS = 8

/**
 * Warm requests at a fixed rate, calm and during a storm of sign-ins, in turns. The load generator counts
 * from when a request was due, so a request that had to wait to be sent shows its whole wait.
 */
export async function measureStorm(
  instance: BenchInstance,
  url: string,
  warm: () => Promise<{ url: string; headers?: Record<string, string> }>,
  rounds: number,
  load: Load,
): Promise<Storm> {
  const calm: number[] = []
  const storm: number[] = []
  const signIns: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const request = await warm()
    const calmP99 = await p99(request, load)
    const stormStarted = startStorm(instance, url)
    // Until the hashes fill the cores.
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const stormP99 = await p99(request, load)
    const done = await stormStarted.end()
    if (round === 0) continue
    calm.push(calmP99)
    storm.push(stormP99)
    signIns.push(done)
  }
  return {
    perSecond: PER_SECOND,
    calmP99Ms: median(calm),
    stormP99Ms: median(storm),
    signInsPerSecond: median(signIns),
  }
}

async function p99(request: Record<string, unknown>, load: Load): Promise<number> {
  const result = await load({
    ...request,
    connections: 8,
    overallRate: PER_SECOND,
    duration: SECONDS,
  })
  if (result.errors > 0 || result['2xx'] === 0) throw new Error('Warm requests failed')
  return result.latency.p99
}

/** People of the demo sign in without a pause; those of one address go one after the other. */
function startStorm({ users, nativeKey }: BenchInstance, url: string) {
  const api = openApi(url, nativeKey)
  const startedAt = performance.now()
  let isOver = false
  let done = 0
  const signInForEver = async (n: number) => {
    const { email, password } = users[n % users.length] as BenchInstance['users'][number]
    while (!isOver) {
      await api('POST', 'auth/login', { body: { email, password } }).then(
        () => done++,
        () => new Promise((resolve) => setTimeout(resolve, 100)),
      )
    }
  }
  const running = Array.from({ length: SIGN_INS }, (_, n) => signInForEver(n))
  return {
    async end(): Promise<number> {
      const perSecond = done / ((performance.now() - startedAt) / 1000)
      isOver = true
      await Promise.all(running)
      return perSecond
    },
  }
}
