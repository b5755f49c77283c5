import { openApi } from '../../lib/api.ts'
import { asSuperuser, type BenchInstance } from './bench-instance.ts'

const PEER_DATABASE = 'bench_better_auth'

/** The organization that is asked for, with `members` members in it, and its owner. */
export type Subject = {
  organizationId: string
  email: string
  password: string
}

/** Fills up one organization of the demo, beside the people who can sign in. */
export async function seedMembers(instance: BenchInstance, members: number): Promise<Subject> {
  const owner = instance.users.find(({ organizations }) =>
    organizations.some(({ role }) => role === 'owner'),
  )
  const organizationId = owner?.organizations.find(({ role }) => role === 'owner')?.id
  if (!owner || !organizationId) throw new Error('nobody of the demo owns an organization')
  await asSuperuser(instance, 'authstack_live', async (query) => {
    await removeSeeded(query)
    const [{ there } = {}] = await query(
      'select count(*) as there from memberships where tenant_id = $1',
      [organizationId],
    )
    await query(
      `with people as (
         insert into users (email, state, email_verified_at, first_name, last_name)
         select 'bench-' || n || '@bench.example.com', 'active', now(), 'Member', n::text
         from generate_series(1, $2::int) n returning id)
       insert into memberships (tenant_id, user_id, role_id)
       select $1, p.id, r.id from people p, roles r where r.tenant_id = $1 and r.slug = 'member'`,
      [organizationId, members - Number(there)],
    )
  })
  return { organizationId, email: owner.email, password: owner.password }
}

/** Takes them away again; an instance that was lent to us stays as it was. */
export async function unseed(instance: BenchInstance): Promise<void> {
  await asSuperuser(instance, 'authstack_live', removeSeeded)
  await asSuperuser(instance, 'postgres', (query) =>
    query(`drop database if exists ${PEER_DATABASE} with (force)`),
  )
}

/** An empty database for the peer in the same cluster. */
export async function makePeerDatabase(instance: BenchInstance): Promise<string> {
  await asSuperuser(instance, 'postgres', async (query) => {
    await query(`drop database if exists ${PEER_DATABASE} with (force)`)
    await query(`create database ${PEER_DATABASE}`)
  })
  return PEER_DATABASE
}

/** An access token for the organization; it lives 300 s, so each round has its own. */
export async function freshToken(
  instance: BenchInstance,
  url: string,
  { email, password, organizationId }: Subject,
): Promise<string> {
  const { accessToken } = await openApi(url, instance.nativeKey)<{ accessToken: string }>(
    'POST',
    'auth/login',
    { body: { email, password, organizationId } },
  )
  return accessToken
}

async function removeSeeded(query: (sql: string) => Promise<unknown>): Promise<void> {
  await query(
    `delete from memberships using users
     where users.id = memberships.user_id and users.email like '%@bench.example.com'`,
  )
  await query(`delete from users where email like '%@bench.example.com'`)
}
