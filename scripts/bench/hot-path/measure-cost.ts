import type { Load } from './install-tools.ts'
import { cpuSeconds } from './start-program.ts'

/** One thing that is asked of one server. */
export type Contestant = {
  name: string
  pid: number
  requests: number
  /** Read before each round: tokens expire. */
  request: () => Promise<{
    url: string
    method?: 'GET' | 'POST'
    headers?: Record<string, string>
    body?: string
  }>
}

/** Microseconds of CPU a request, and requests a second at 16 connections; medians over the rounds. */
export type Cost = { cpuMicroseconds: number; postgresMicroseconds: number; perSecond: number }

const CONNECTIONS = 16
/** Times the requests of a round, before the first: V8 goes on compiling what is hot for some 100,000 of ours. */
const WARM_UP = 5

/**
 * Asks one after the other, round after round, so that whatever else the machine does meets all of them
 * alike, each of them warmed up first. `postgres` gives the CPU of all backends so far.
 */
export async function measureCost(
  contestants: Contestant[],
  rounds: number,
  load: Load,
  postgres: () => number,
): Promise<Map<string, Cost>> {
  const figures = new Map<string, Cost[]>(contestants.map(({ name }) => [name, []]))
  for (const { requests, request } of contestants) {
    await load({ ...(await request()), connections: CONNECTIONS, amount: requests * WARM_UP })
  }
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      figures.get(contestant.name)?.push(await measureOnce(contestant, load, postgres))
    }
  }
  return new Map([...figures].map(([name, costs]) => [name, medianCost(costs)]))
}

async function measureOnce(
  { name, pid, requests, request }: Contestant,
  load: Load,
  postgres: () => number,
): Promise<Cost> {
  const wanted = await request()
  // Connections are opened before the clock starts.
  await load({ ...wanted, connections: CONNECTIONS, amount: Math.ceil(requests / 10) })
  const before = { own: cpuSeconds(pid), postgres: postgres(), at: performance.now() }
  const result = await load({ ...wanted, connections: CONNECTIONS, amount: requests })
  const seconds = (performance.now() - before.at) / 1000
  if (result['2xx'] !== requests) {
    throw new Error(`${name}: ${result['2xx']} of ${requests} requests were answered well`)
  }
  const each = (used: number) => (used / requests) * 1e6
  return {
    cpuMicroseconds: each(cpuSeconds(pid) - before.own),
    postgresMicroseconds: each(postgres() - before.postgres),
    perSecond: requests / seconds,
  }
}

function medianCost(costs: Cost[]): Cost {
  return {
    cpuMicroseconds: median(costs.map((cost) => cost.cpuMicroseconds)),
    postgresMicroseconds: median(costs.map((cost) => cost.postgresMicroseconds)),
    perSecond: median(costs.map((cost) => cost.perSecond)),
  }
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.ceil(sorted.length / 2) - 1]
  if (upper === undefined || lower === undefined) throw new Error('nothing was measured')
  return (upper + lower) / 2
}
