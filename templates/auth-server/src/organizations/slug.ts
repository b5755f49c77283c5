import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { Problem } from '../errors.ts'

const slugMaxLength = 48

/** Words that would be confusing in an address. */
const reserved = new Set(['api', 'www', 'admin', 'test', 'live', 'new', 'authstack'])

export const slugInput = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/, 'Lower-case letters, digits and dashes')
  .refine((slug) => !reserved.has(slug), 'This slug is reserved')

/** 409, pointing at the slug. Slugs stand in addresses, so that one is taken is no secret. */
export function slugTaken(): Problem {
  return new Problem('slug_taken', {
    detail: 'Another organization has this slug.',
    errors: [{ pointer: '/slug', message: 'This slug is taken', code: 'slug_taken' }],
  })
}

/** A slug out of a name: "Müller & Söhne" → "muller-sohne"; never empty. */
export function slugify(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugMaxLength)
    .replace(/^-+|-+$/g, '')
  return slug === '' || reserved.has(slug)
    ? withSuffix(slug || 'organization', randomSuffix())
    : slug
}

/** `slug` with `-suffix`, cut to fit. */
function withSuffix(slug: string, suffix: string): string {
  const kept = slug.slice(0, slugMaxLength - suffix.length - 1).replace(/-+$/, '')
  return `${kept}-${suffix}`
}

/** Candidates for a derived slug, the plainest first; the last ones are as good as unique. */
export function slugCandidates(slug: string): string[] {
  const numbered = [2, 3, 4, 5].map((number) => withSuffix(slug, String(number)))
  return [slug, ...numbered, withSuffix(slug, randomSuffix()), withSuffix(slug, randomSuffix())]
}

function randomSuffix(): string {
  return randomInt(36 ** 6)
    .toString(36)
    .padStart(6, '0')
}
