import type { Knex } from 'knex'
import type { HubEvent } from '../audit/share-hub-events.ts'
import type { Countries } from '../country.ts'
import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { alertsOf } from './alert-settings.ts'
import { raiseAlert } from './raise-alert.ts'
import { watchPlaces } from './watch-places.ts'
import { watchSignIns } from './watch-sign-ins.ts'

type Needs = Pick<Services, 'settings' | 'masterKey' | 'log'> & { countries: Countries }

/**
 * Looks at every event of the hub a moment after it happened, in the one process that chains them: no
 * request waits for it, and nothing is looked at twice. A rule that fails is logged and leaves nothing
 * behind; the trail goes on.
 */
export function watchHubEvents(needs: Needs) {
  return async (hub: Knex.Transaction, mode: Mode, events: HubEvent[]): Promise<void> => {
    for (const watch of [watchSignIns, watchPlaces, watchRefreshes]) {
      try {
        await hub.transaction((savepoint) => watch(needs, savepoint, events))
      } catch (error) {
        needs.log.error({ err: error, mode, rule: watch.name }, 'An alert could not be worked out')
      }
    }
  }
}

/** The session has ended already; this tells whoever has to look why. */
async function watchRefreshes(needs: Needs, trx: Knex, events: HubEvent[]): Promise<void> {
  if (!alertsOf(needs.settings).rules.refreshReuse) return
  for (const { action, userId, data } of events) {
    if (action !== 'session.refresh_reused' || !userId) continue
    await raiseAlert(needs, trx, {
      rule: 'refresh_reuse',
      subject: userId,
      userId,
      data: { sessionId: String(data.sessionId) },
    })
  }
}

/** What the alerts count with and no longer need. */
export async function forgetOldSignals(hub: Knex): Promise<void> {
  await hub('sign_in_signals').whereRaw(`at < now() - interval '1 day'`).delete()
  await hub('alert_marks').whereRaw(`raised_at < now() - interval '1 day'`).delete()
  await hub('known_places').whereRaw(`last_seen_at < now() - interval '180 days'`).delete()
}
