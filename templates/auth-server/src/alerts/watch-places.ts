import type { Knex } from 'knex'
import type { HubEvent } from '../audit/share-hub-events.ts'
import type { Countries } from '../country.ts'
import { enqueueMail } from '../mail/enqueue-mail.ts'
import type { Services } from '../services.ts'
import type { Alert } from './alert-kinds.ts'
import { alertsOf } from './alert-settings.ts'
import { nameDevice } from './name-device.ts'
import { raiseAlert } from './raise-alert.ts'
import { impossibleJourney } from './rules/impossible-travel.ts'
import { isNewPlace } from './rules/new-place.ts'

type Needs = Pick<Services, 'settings' | 'masterKey' | 'log'> & { countries: Countries }

interface Place {
  userId: string
  device: string | null
  country: string | null
  at: Date
}

/** Compares where people signed in with where they were seen before, and learns the new place. */
export async function watchPlaces(needs: Needs, trx: Knex, events: HubEvent[]): Promise<void> {
  for (const event of events) {
    if (event.action !== 'login.succeeded' || !event.userId) continue
    const { ip, userAgent } = event.personal
    const place = {
      userId: event.userId,
      device: nameDevice(typeof userAgent === 'string' ? userAgent : null),
      country: typeof ip === 'string' ? needs.countries.countryOf(ip) : null,
      at: event.createdAt,
    }
    await comparePlace(needs, trx, place)
    await learnPlace(trx, place)
  }
}

async function comparePlace(needs: Needs, trx: Knex, place: Place): Promise<void> {
  const { userId, device, country, at } = place
  const { rules } = alertsOf(needs.settings)
  const known: { kind: string; value: string }[] = await trx('known_places')
    .where('user_id', userId)
    .select('kind', 'value')
  const values = (kind: string) =>
    known.filter((one) => one.kind === kind).map(({ value }) => value)
  const before = await trx('last_sign_ins').where('user_id', userId).first('country', 'at')
  const found: Alert[] = []
  const add = (rule: Alert['rule'], data: Alert['data']) =>
    found.push({ rule, subject: userId, userId, data })
  if (rules.newDevice && device && isNewPlace(values('device'), device)) {
    add('new_device', { device, ...(country ? { country } : {}) })
  }
  if (rules.newCountry && country && isNewPlace(values('country'), country)) {
    add('new_country', { country, ...(before ? { countryBefore: before.country } : {}) })
  }
  const journey =
    rules.impossibleTravel &&
    impossibleJourney(before ?? null, { country, at }, rules.impossibleTravel)
  if (journey && country) {
    add('impossible_travel', { country, countryBefore: before.country, ...journey })
  }
  const raised: Alert[] = []
  for (const alert of found) if (await raiseAlert(needs, trx, alert)) raised.push(alert)
  if (raised.length > 0) await tellPerson(needs, trx, place)
}

/** One mail to the person, whatever was new about the sign-in. */
async function tellPerson(
  needs: Needs,
  trx: Knex,
  { userId, device, country, at }: Place,
): Promise<void> {
  const person = await trx('users').where({ id: userId, state: 'active' }).first('email')
  if (!person) return
  await enqueueMail(needs, trx, {
    template: 'new-device',
    to: person.email,
    data: { device, country, at: at.toISOString() },
  })
}

async function learnPlace(trx: Knex, { userId, device, country, at }: Place): Promise<void> {
  const places = [
    ...(device ? [{ user_id: userId, kind: 'device', value: device, last_seen_at: at }] : []),
    ...(country ? [{ user_id: userId, kind: 'country', value: country, last_seen_at: at }] : []),
  ]
  // The person may have been erased within this second; then there is nobody to learn of.
  const person = await trx('users').where('id', userId).forKeyShare().first('id')
  if (!person || places.length === 0) return
  await trx('known_places')
    .insert(places)
    .onConflict(['user_id', 'kind', 'value'])
    .merge(['last_seen_at'])
  if (!country) return
  await trx('last_sign_ins')
    .insert({ user_id: userId, country, at })
    .onConflict('user_id')
    .merge(['country', 'at'])
}
