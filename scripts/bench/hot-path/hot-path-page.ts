import type { Gate } from './gates.ts'
import { versions } from './install-tools.ts'
import type { Storm } from './login-storm.ts'
import type { Cost } from './measure-cost.ts'

export type HotPathFigures = {
  costs: Map<string, Cost>
  storm: Storm
  gates: Gate[]
  rounds: number
  isPinned: boolean
}

const labels: Record<string, string> = {
  bare: 'bare `node:http`: a fixed JSON answer to the same request as the next',
  authorise: '**authorise**: key, token, session, membership, permission; nothing else',
  list: '**list of 50 members** under row-level security',
  'peer permission': 'better-auth `organization/has-permission`, cookie cache off',
  'peer permission cached': 'better-auth `organization/has-permission`, cookie cache on',
  'peer list': 'better-auth `organization/list-members?limit=50`, cookie cache off',
  'peer list cached': 'better-auth `organization/list-members?limit=50`, cookie cache on',
}

/** The part of docs/benchmarks.md about what a request costs. */
export function hotPathPage({ costs, storm, gates, rounds, isPinned }: HotPathFigures): string {
  return `## The hot path

What a warm request costs: CPU of the server's own process (utime + stime, all threads) divided by requests, at 16 connections kept alive. Everybody is warmed up first with five times the requests of a round, then asked in turns, ${rounds} rounds; medians. ${isPinned ? 'Servers on one core, the load generator on what is left, PostgreSQL where the kernel puts it.' : 'Nothing was pinned to a core.'} Requests a second are of this machine on this day; the ratios are what counts.

| request | CPU µs | PostgreSQL's CPU µs | a second |
|---|---:|---:|---:|
${[...costs].map(([name, cost]) => row(labels[name] ?? name, cost)).join('\n')}

Ours: the whole server as it is shipped, asked directly without the front: security headers, request line, metrics, limits (counted as always, set out of reach), a publishable key, an access token of the organization's realm. The authorise route is one of \`extensions/routes\`, as a customer writes it.

The peer: better-auth ${versions['better-auth']} with its organization plugin on the same PostgreSQL, by its own Node handler, a pool of 10, its rate limit, telemetry and logger off, \`NODE_ENV=production\`; one organization with as many members. Not like for like in all: it asks for no API key, and its list carries whole user objects in its own shape.

### A storm of sign-ins

${storm.perSecond} warm requests a second at a steady rate (vegeta, each timed from when it was due), calm and while ${storm.accounts} people at once sign in without a pause (bcrypt at cost 12 on both cores: ${Math.round(storm.signInsPerSecond * 10) / 10} sign-ins a second), ${rounds} rounds in turns; medians. Nothing is pinned here.

| | p99 |
|---|---:|
| calm | ${storm.calmP99Ms.toFixed(1)} ms |
| storm | ${storm.stormP99Ms.toFixed(1)} ms |

### Bounds

| | ratio | bound | |
|---|---:|---|---|
${gates.map(({ what, ratio, bound, holds }) => `| ${what} | ${ratio.toFixed(2)} | ${bound} | ${holds ? 'holds' : '**missed**'} |`).join('\n')}
`
}

function row(label: string, { cpuMicroseconds, postgresMicroseconds, perSecond }: Cost): string {
  const database = postgresMicroseconds < 0.5 ? '0' : postgresMicroseconds.toFixed(0)
  return `| ${label} | ${cpuMicroseconds.toFixed(1)} | ${database} | ${Math.round(perSecond)} |`
}
