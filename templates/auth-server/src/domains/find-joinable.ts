import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'

/** An organization that lets the person in by the domain of their proved address. */
export interface Joinable {
  organization: { id: string; slug: string; name: string; logoUrl: string | null }
  domain: string
  domainId: string
  /** Was a member and left: may come back, and is not pulled back. */
  hasLeft: boolean
}

/** None for an unproved address, for members (suspended ones too) and for who was removed. */
export async function findJoinable(
  { db }: Pick<Services, 'db'>,
  mode: Mode,
  userId: string,
): Promise<Joinable[]> {
  const { rows } = await db.hubQuery(mode).raw(
    `select organization_id, slug, name, logo_url, domain, domain_id, has_left
     from definer.joinable_organizations(?)`,
    [userId],
  )
  return (rows as Row[]).map((row) => ({
    organization: {
      id: row.organization_id,
      slug: row.slug,
      name: row.name,
      logoUrl: row.logo_url,
    },
    domain: row.domain,
    domainId: row.domain_id,
    hasLeft: row.has_left,
  }))
}

interface Row {
  organization_id: string
  slug: string
  name: string
  logo_url: string | null
  domain: string
  domain_id: string
  has_left: boolean
}
