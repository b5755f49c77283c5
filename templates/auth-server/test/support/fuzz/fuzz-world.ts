import { randomBytes, randomUUID } from 'node:crypto'
import type { Rows } from '../denial/rows.ts'

/** A person; `marker` stands in their name and their address and nowhere else. */
export interface FuzzPerson {
  id: string
  sessionId: string
  marker: string
  email: string
}

/** An organization; `marker` stands in its name and its slug. */
export interface FuzzTenant {
  id: string
  marker: string
  /** Ids of things in it, by the parameter that names them. */
  things: Record<string, string[]>
}

export interface FuzzWorld {
  tenants: FuzzTenant[]
  people: FuzzPerson[]
  /** Brings back what the operations ended: sessions, organizations, their first owners. */
  revive(): Promise<void>
  remove(): Promise<void>
}

const marker = () => `zq${randomBytes(6).toString('hex')}qz`
const ROLES = ['owner', 'admin', 'member', 'viewer']

/** Fifty organizations, three times as many people, each in one to three of them. By SQL: no realm needs to be. */
export async function seedFuzzWorld(
  rows: Rows,
  publicUrl: string,
  tenantCount: number,
  pick: (below: number) => number,
): Promise<FuzzWorld> {
  const people: FuzzPerson[] = []
  for (let n = 0; n < tenantCount * 3; n++) people.push(await seedPerson(rows))
  const tenants: FuzzTenant[] = []
  for (let n = 0; n < tenantCount; n++) {
    const owner = people[n] as FuzzPerson
    tenants.push(await seedTenant(rows, publicUrl, owner))
  }
  for (const person of people) {
    for (let n = pick(3); n > 0; n--) {
      const tenant = tenants[pick(tenantCount)] as FuzzTenant
      await rows.query(
        `insert into memberships (tenant_id, user_id, role_id, status)
         select tenant_id, $2, id, $4 from roles where tenant_id = $1 and slug = $3
         on conflict do nothing`,
        [tenant.id, person.id, ROLES[pick(ROLES.length)], pick(8) === 0 ? 'suspended' : 'active'],
      )
    }
  }
  return {
    tenants,
    people,
    async revive() {
      const ids = tenants.map(({ id }) => id)
      await rows.query(
        `update sessions set revoked_at = null where id = any ($1) and revoked_at is not null`,
        [people.map(({ sessionId }) => sessionId)],
      )
      await rows.query(
        `update organizations set status = 'active', deleted_at = null, deletion_id = null,
           purge_after = null where tenant_id = any ($1) and status = 'deleted'`,
        [ids],
      )
      await rows.query(
        `insert into memberships (tenant_id, user_id, role_id)
           select o.tenant_id, o.created_by, r.id from organizations o
           join roles r on r.tenant_id = o.tenant_id and r.slug = 'owner'
           where o.tenant_id = any ($1)
           on conflict (tenant_id, user_id) do update set role_id = excluded.role_id, status = 'active'`,
        [ids],
      )
    },
    async remove() {
      const ids = tenants.map(({ id }) => id)
      await rows.query(`delete from organizations where tenant_id = any ($1)`, [ids])
      await rows.query(`delete from users where id = any ($1)`, [people.map(({ id }) => id)])
    },
  }
}

async function seedPerson(rows: Rows): Promise<FuzzPerson> {
  const mark = marker()
  const email = `${mark}@example.com`
  const id = await rows.person(mark, email)
  return { id, email, marker: mark, sessionId: await rows.session(id) }
}

async function seedTenant(rows: Rows, publicUrl: string, owner: FuzzPerson): Promise<FuzzTenant> {
  const id = randomUUID()
  const mark = marker()
  await rows.query(
    `insert into organizations (tenant_id, slug, name, plan, issuer, status, created_by, overrides)
     values ($1, $2, $2, 'free', $3, 'active', $4, '{"limits":{"members":5000,"customRoles":5000,
       "domains":5000,"departments":5000,"apiKeys":5000}}')`,
    [id, mark, `${publicUrl}/realms/live-org-${id}`, owner.id],
  )
  for (const slug of ROLES) {
    await rows.query(
      `insert into roles (tenant_id, slug, name, built_in) values ($1, $2, initcap($2), true)`,
      [id, slug],
    )
  }
  await rows.query(
    `insert into memberships (tenant_id, user_id, role_id)
     select tenant_id, $2, id from roles where tenant_id = $1 and slug = 'owner'`,
    [id, owner.id],
  )
  const { rows: roles } = await rows.query(`select id from roles where tenant_id = $1`, [id])
  return { id, marker: mark, things: { roleId: roles.map((role) => role.id) } }
}
