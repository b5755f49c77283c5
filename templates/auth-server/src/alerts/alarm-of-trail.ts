import type { Fault } from '../audit/verify-chain.ts'
import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { raiseAlert } from './raise-alert.ts'

/** Tells that a trail does not verify. No setting switches it off: whoever could, would. */
export function alarmOfTrail(services: Pick<Services, 'settings' | 'masterKey' | 'log' | 'db'>) {
  return (mode: Mode, { trail, faults }: { trail: string; faults: Fault[] }): Promise<boolean> =>
    services.db.hub(mode, (trx) =>
      raiseAlert(services, trx, {
        rule: 'audit_trail_changed',
        subject: trail,
        userId: null,
        data: { trail, kind: faults[0]?.kind ?? '', faults: faults.length },
      }),
    )
}
