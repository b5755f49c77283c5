import { exitCodes, UserError, usageError } from '../errors.ts'
import type { Machine } from '../machine/machine.ts'
import { barriersBetween, liveEntry, previousVersion } from '../release/history.ts'
import { normalizeVersion } from '../release/version.ts'

/** Which version to go back to, or the reason why that cannot be. Changes nothing. */
export function chooseVersion(
  machine: Machine,
  wanted: string | null,
): { from: string; to: string } {
  const history = machine.readHistory()
  const from = liveEntry(history)?.version
  if (!from) throw nothingLive()
  const to = wanted === null ? previousVersion(history) : normalizeVersion(wanted)
  if (!to) throw wanted === null ? nothingBefore(from) : unknownVersion(machine, wanted)
  if (to === from) throw alreadyLive(to)
  if (!machine.readRelease(to)) throw unknownVersion(machine, to)
  if (!history.some((entry) => entry.version === to && entry.status === 'live')) {
    throw neverLive(to)
  }
  const barriers = barriersBetween(history, to)
  if (barriers.length > 0) throw barrierInTheWay(from, to, barriers)
  return { from, to }
}

function barrierInTheWay(from: string, to: string, barriers: string[]): UserError {
  return new UserError({
    code: 'barrier',
    what: `${to} cannot come back: ${barriers.join(', ')} was applied after it`,
    why: `A contract step removes what ${to} needs; its code would fail on today's database.`,
    next: [
      `Go forward instead: put the change right and run authstack deploy (${from} keeps serving)`,
      'Or restore a backup of the databases from that time, and lose what was written since',
    ],
    exitCode: exitCodes.declined,
  })
}

function unknownVersion(machine: Machine, wanted: string): UserError {
  const kept = machine.listReleases().join(', ') || 'none'
  return usageError({
    code: 'version_unknown',
    what: `There is no version ${wanted} to go back to`,
    why: `Kept on this machine: ${kept}.`,
    next: ['authstack history shows what each one was'],
  })
}

function neverLive(version: string): UserError {
  return usageError({
    code: 'version_never_live',
    what: `${version} never served`,
    why: 'Its deploy failed, so it was never proved to work.',
    next: ['authstack history shows which versions served'],
  })
}

function alreadyLive(version: string): UserError {
  return usageError({
    code: 'version_is_live',
    what: `${version} serves already`,
    why: 'There is nothing to roll back.',
    next: ['authstack history shows the versions before it'],
  })
}

function nothingBefore(from: string): UserError {
  return usageError({
    code: 'no_version_before',
    what: `There is no version before ${from}`,
    why: 'Nothing else has served here.',
    next: ['authstack deploy makes the next version'],
  })
}

function nothingLive(): UserError {
  return usageError({
    code: 'never_deployed',
    what: 'This environment was never deployed',
    why: 'There is no version to go back to.',
    next: ['authstack deploy'],
  })
}
