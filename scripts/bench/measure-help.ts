import { spawnSync } from 'node:child_process'
import { authstackBin } from '../lib/repository.ts'
import { type Summary, summarize } from './statistics.ts'

const rounds = 20

/**
 * How long `authstack --help` takes beside a bare Node that does nothing. The two take turns, so that a busy moment
 * of the machine falls on both.
 */
export function measureHelp(): { bare: Summary; help: Summary } {
  const bare: number[] = []
  const help: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(time(['-e', '0']))
    help.push(time([authstackBin, '--help']))
  }
  return { bare: summarize(bare), help: summarize(help) }
}

function time(args: string[]): number {
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const took = performance.now() - started
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed: ${stderr}`)
  return took
}
