import { rmSync } from 'node:fs'
import { exitCodes, UserError } from '../errors.ts'
import { isStale, type LockHolder, readLock } from './lock.ts'

/** Removes a lock file; one whose owner lives only by force. Answers whose it was. */
export function unlock(file: string, isForced: boolean): { holder: LockHolder | null } {
  const holder = readLock(file)
  if (holder && !isStale(holder) && !isForced) {
    throw new UserError({
      code: 'lock_in_use',
      what: `The lock is held by a process that lives (${holder.command})`,
      why: `${holder.owner} on ${holder.host}, process ${holder.pid}, since ${holder.at}.`,
      next: [
        'Wait for it, or end it with Ctrl-C',
        'authstack unlock --yes removes it all the same',
      ],
      exitCode: exitCodes.locked,
    })
  }
  rmSync(file, { force: true })
  return { holder }
}
