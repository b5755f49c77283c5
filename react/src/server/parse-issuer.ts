import { invalid } from './verification-error.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * The organization id in `iss`, if and only if `iss` is exactly an organization realm of this
 * instance in this mode. Stops a token of another instance, of a test organization, or of the hub.
 */
export function parseIssuer(iss: unknown, publicUrl: string, mode: 'live' | 'test'): string {
  const prefix = `${publicUrl}/realms/${mode}-org-`
  if (typeof iss !== 'string' || !iss.startsWith(prefix)) {
    throw invalid(`issuer is not an organization of this instance in ${mode} mode`)
  }
  const organizationId = iss.slice(prefix.length)
  // Exact form: nothing a caller wrote becomes part of the address we fetch from.
  if (!UUID.test(organizationId)) throw invalid('issuer holds no organization id')
  return organizationId
}
