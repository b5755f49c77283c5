import type { Knex } from 'knex'
import { Problem } from '../errors.ts'
import { slugCandidates, slugify } from '../organizations/slug.ts'
import type { Settings } from '../settings.ts'
import { reservedSlugs } from './is-built-in.ts'

/**
 * Throws 409 when another role of the organization has the name, in any case, or when it is that of a
 * built-in one: two roles that read the same are how somebody is given the wrong one. The caller holds
 * the organization's lock.
 */
export async function refuseTakenName(
  trx: Knex.Transaction,
  organizationId: string,
  settings: Pick<Settings, 'roles'>,
  name: string,
  exceptId: string | null = null,
): Promise<void> {
  const word = name.toLowerCase()
  const isReserved = reservedSlugs(settings).has(word.replace(/\s+/g, '-'))
  const others = trx('roles')
    .where('tenant_id', organizationId)
    .whereRaw('(lower(name) = ? or slug = ?)', [word, word])
    .first('id')
  if (exceptId) others.whereNot('id', exceptId)
  if (isReserved || (await others)) {
    throw new Problem('conflict', {
      detail: 'Another role has this name.',
      errors: [{ pointer: '/name', message: 'This name is taken', code: 'name_taken' }],
    })
  }
}

/**
 * The slug that was given, unless it is reserved or taken; else a free one out of the name. The caller
 * holds the organization's lock.
 */
export async function chooseSlug(
  trx: Knex.Transaction,
  organizationId: string,
  settings: Pick<Settings, 'roles'>,
  wanted: { name: string; slug?: string | undefined },
): Promise<string> {
  const reserved = reservedSlugs(settings)
  if (wanted.slug !== undefined && reserved.has(wanted.slug)) {
    throw new Problem('invalid_request', {
      detail: 'This slug belongs to a built-in role.',
      errors: [{ pointer: '/slug', message: 'This slug is reserved', code: 'reserved_slug' }],
    })
  }
  const candidates = wanted.slug ? [wanted.slug] : slugCandidates(slugify(wanted.name))
  const rows: { slug: string }[] = await trx('roles')
    .where('tenant_id', organizationId)
    .whereIn('slug', candidates)
    .select('slug')
  const taken = new Set([...rows.map((row) => row.slug), ...reserved])
  const free = candidates.find((slug) => !taken.has(slug))
  if (free) return free
  throw new Problem('slug_taken', {
    detail: 'Another role has this slug.',
    errors: [{ pointer: '/slug', message: 'This slug is taken', code: 'slug_taken' }],
  })
}
