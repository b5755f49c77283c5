import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'

/**
 * The app behind `?return=<origin>`, or null. Only origins that the project itself has listed count:
 * anything else would make a mailed link lead wherever its writer likes.
 */
export async function findReturnTo(
  { db, settings }: Services,
  mode: Mode,
  origin: unknown,
): Promise<{ url: string; name: string } | null> {
  if (typeof origin !== 'string' || origin.length > 300) return null
  if (settings.allowedOrigins.includes(origin)) return { url: origin, name: settings.name }
  const key = (await db
    .hubQuery(mode)('api_keys')
    .where({ kind: 'browser' })
    .whereNull('revoked_at')
    .whereRaw('? = any(origins)', [origin])
    .orderBy('created_at')
    .first('name')) as { name: string } | undefined
  return key ? { url: origin, name: key.name } : null
}
