import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { open, seal } from '../keys/envelope.ts'

const PURPOSE = 'person-key'
const DATA_PURPOSE = 'person-data'

/** Whose key seals what is known of people that we do not know: failed sign-ins with a made-up address. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Keys by person. Who is not in it has none: erased, or never here. */
export type PersonKeys = Map<string, Buffer>

/** The keys that there are; for reading. */
export async function readPersonKeys(
  masterKey: Buffer,
  hub: Knex,
  userIds: Iterable<string>,
): Promise<PersonKeys> {
  const wanted = [...new Set(userIds)]
  if (wanted.length === 0) return new Map()
  const rows: { user_id: string; sealed: Buffer }[] = await hub('person_keys')
    .whereIn('user_id', wanted)
    .select('user_id', 'sealed')
  return new Map(
    rows.map((row) => [
      row.user_id,
      Buffer.from(open(masterKey, `${PURPOSE}:${row.user_id}`, row.sealed), 'base64'),
    ]),
  )
}

/**
 * The keys, made where there is none; for sealing. An erased person gets no new one: the row in
 * `users` decides, and it is locked, so an erasure that is under way is waited for.
 */
export async function ensurePersonKeys(
  masterKey: Buffer,
  trx: Knex.Transaction,
  userIds: Iterable<string>,
): Promise<PersonKeys> {
  const wanted = [...new Set(userIds)]
  const keys = await readPersonKeys(masterKey, trx, wanted)
  const missing = wanted.filter((id) => !keys.has(id))
  if (missing.length === 0) return keys
  const people: { id: string }[] = await trx('users')
    .whereIn('id', missing)
    .forKeyShare()
    .select('id')
  const ids = people.map(({ id }) => id)
  if (missing.includes(NOBODY)) ids.push(NOBODY)
  const rows = ids.map((id) => ({
    user_id: id,
    sealed: seal(masterKey, `${PURPOSE}:${id}`, randomBytes(32).toString('base64')),
  }))
  if (rows.length > 0) await trx('person_keys').insert(rows).onConflict('user_id').ignore()
  return readPersonKeys(masterKey, trx, wanted)
}

/** Seals what is personal about an event under the person's own key. */
export function sealPersonal(key: Buffer, personal: Record<string, unknown>): Buffer {
  return seal(key, DATA_PURPOSE, JSON.stringify(personal))
}

/** Opens it again. Null when the person was erased, or when the bytes were changed. */
export function openPersonal(
  key: Buffer | undefined,
  sealed: Buffer | null,
): Record<string, unknown> | null {
  if (!key || !sealed) return null
  try {
    return JSON.parse(open(key, DATA_PURPOSE, sealed)) as Record<string, unknown>
  } catch {
    return null
  }
}
