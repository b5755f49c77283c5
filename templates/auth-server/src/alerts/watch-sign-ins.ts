import type { Knex } from 'knex'
import type { HubEvent } from '../audit/share-hub-events.ts'
import { networkOf } from '../http/network-of.ts'
import type { Services } from '../services.ts'
import { alertsOf } from './alert-settings.ts'
import { blind } from './blind.ts'
import { raiseAlert } from './raise-alert.ts'
import { isCredentialStuffing } from './rules/credential-stuffing.ts'
import { isPasswordSpray } from './rules/password-spray.ts'

interface Signal {
  network: string
  account: string
  is_known: boolean
  is_success: boolean
  at: Date
}

/** Notes who tried to sign in to what, and looks at the networks that failed just now. */
export async function watchSignIns(
  services: Pick<Services, 'settings' | 'masterKey' | 'log'>,
  trx: Knex,
  events: HubEvent[],
): Promise<void> {
  const signals = events.flatMap((event) => toSignal(services.masterKey, event))
  if (signals.length === 0) return
  await trx('sign_in_signals').insert(signals)
  const failed = signals.filter((signal) => !signal.is_success)
  if (failed.length === 0) return
  await lookForSpray(services, trx, [...new Set(failed.map(({ network }) => network))])
  await lookForStuffing(services, trx)
}

function toSignal(masterKey: Buffer, event: HubEvent): Signal[] {
  const isSuccess = event.action === 'login.succeeded'
  if (!isSuccess && event.action !== 'login.failed') return []
  const { ip, account } = event.personal
  if (typeof ip !== 'string') return []
  // Of an address that nobody has, the sign-in leaves a blind hash in the queue, and nowhere else.
  const id = event.userId ?? (typeof account === 'string' ? account : null)
  if (!id) return []
  return [
    {
      network: blind(masterKey, `network:${networkOf(ip)}`),
      account: id,
      is_known: event.userId !== null,
      is_success: isSuccess,
      at: event.createdAt,
    },
  ]
}

/** Accounts within the window; one that got in at any try does not count as failed. */
const accountsQuery = (where: string) => `
  select count(*) filter (where not ok)::int as failed, count(*) filter (where ok)::int as succeeded,
    count(*) filter (where not ok and not known)::int as unknown
  from (
    select bool_or(is_success) as ok, bool_or(is_known) as known from sign_in_signals
    where at > now() - make_interval(mins => ?) ${where} group by account
  ) accounts`

interface Counts {
  failed: number
  succeeded: number
  unknown: number
}

async function lookForSpray(
  services: Pick<Services, 'settings' | 'masterKey' | 'log'>,
  trx: Knex,
  networks: string[],
): Promise<void> {
  const rule = alertsOf(services.settings).rules.passwordSpray
  if (!rule) return
  for (const network of networks) {
    const { rows } = (await trx.raw(accountsQuery('and network = ?'), [rule.minutes, network])) as {
      rows: Counts[]
    }
    const [counts] = rows
    if (!counts || !isPasswordSpray(counts, rule)) continue
    await raiseAlert(services, trx, {
      rule: 'password_spray',
      subject: network,
      userId: null,
      data: { accounts: counts.failed, succeeded: counts.succeeded, minutes: rule.minutes },
    })
  }
}

async function lookForStuffing(
  services: Pick<Services, 'settings' | 'masterKey' | 'log'>,
  trx: Knex,
): Promise<void> {
  const rule = alertsOf(services.settings).rules.credentialStuffing
  if (!rule) return
  const { rows } = (await trx.raw(accountsQuery(''), [rule.minutes])) as { rows: Counts[] }
  const [counts] = rows
  if (!counts || !isCredentialStuffing(counts, rule)) return
  await raiseAlert(services, trx, {
    rule: 'credential_stuffing',
    subject: 'instance',
    userId: null,
    data: { accounts: counts.failed, unknown: counts.unknown, minutes: rule.minutes },
  })
}
