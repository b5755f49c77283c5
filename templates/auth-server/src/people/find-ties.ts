import type { Mode } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'

/** A membership of one person, in whatever state it or the organization is. */
export interface Tie {
  organizationId: string
  slug: string
  name: string
  organizationStatus: string
  role: string
  status: string
  joinedAt: Date
  isLastOwner: boolean
}

export interface InvitationTie {
  organizationId: string
  slug: string
  name: string
  invitationId: string
  role: string
  status: string
  createdAt: Date
}

/** Every organization that the person is in. Read as the operator, who may see all of them. */
export async function findMemberships(db: Database, mode: Mode, userId: string): Promise<Tie[]> {
  const { rows } = await db.operator(
    mode,
    async (trx) =>
      (await trx.raw(
        `select organization_id, slug, name, organization_status, role_slug, status, joined_at,
           is_last_owner
         from definer.person_memberships(?)`,
        [userId],
      )) as {
        rows: {
          organization_id: string
          slug: string
          name: string
          organization_status: string
          role_slug: string
          status: string
          joined_at: Date
          is_last_owner: boolean
        }[]
      },
  )
  return rows.map((row) => ({
    organizationId: row.organization_id,
    slug: row.slug,
    name: row.name,
    organizationStatus: row.organization_status,
    role: row.role_slug,
    status: row.status,
    joinedAt: row.joined_at,
    isLastOwner: row.is_last_owner,
  }))
}

/** Every invitation that holds the address. */
export async function findInvitations(
  db: Database,
  mode: Mode,
  email: string,
): Promise<InvitationTie[]> {
  const { rows } = await db.operator(
    mode,
    async (trx) =>
      (await trx.raw(
        `select organization_id, slug, name, invitation_id, role_slug, status, created_at
         from definer.person_invitations(?)`,
        [email],
      )) as {
        rows: {
          organization_id: string
          slug: string
          name: string
          invitation_id: string
          role_slug: string
          status: string
          created_at: Date
        }[]
      },
  )
  return rows.map((row) => ({
    organizationId: row.organization_id,
    slug: row.slug,
    name: row.name,
    invitationId: row.invitation_id,
    role: row.role_slug,
    status: row.status,
    createdAt: row.created_at,
  }))
}
