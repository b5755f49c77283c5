import type { Storm } from './login-storm.ts'
import type { Cost } from './measure-cost.ts'

/** What must hold, as issue 4 says it. Ratios of one run: figures of two machines are not compared. */
export type Gate = { what: string; ratio: number; bound: string; holds: boolean }

export function judge(costs: Map<string, Cost>, storm: Storm): Gate[] {
  const cpu = (name: string) => {
    const cost = costs.get(name)
    if (!cost) throw new Error(`${name} was not measured`)
    return cost.cpuMicroseconds
  }
  return [
    atMost('authorise a warm request / bare node:http', cpu('authorise') / cpu('bare'), 2.5),
    atLeast(
      'peer without its cookie cache / authorise',
      cpu('peer permission') / cpu('authorise'),
      10,
    ),
    atLeast("peer's list of 50 members / ours", cpu('peer list') / cpu('list'), 5),
    atMost('p99 during a storm of sign-ins / calm', storm.stormP99Ms / storm.calmP99Ms, 2),
  ]
}

const atMost = (what: string, ratio: number, bound: number): Gate => ({
  what,
  ratio,
  bound: `at most ${bound}`,
  holds: ratio <= bound,
})

const atLeast = (what: string, ratio: number, bound: number): Gate => ({
  what,
  ratio,
  bound: `at least ${bound}`,
  holds: ratio >= bound,
})
