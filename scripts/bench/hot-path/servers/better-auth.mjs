import { createServer } from 'node:http'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { organization } from 'better-auth/plugins'
import pg from 'pg'

// The peer: better-auth with its organization plugin, on PostgreSQL through a pool as large as ours
// for reads and keys together. Arguments: port, database URL, cookie cache (on|off), members.
const [port, connectionString, cookieCache, members] = process.argv.slice(2)
const baseURL = `http://127.0.0.1:${port}`
const pool = new pg.Pool({ connectionString, max: 10, idleTimeoutMillis: 0 })
const auth = betterAuth({
  baseURL,
  secret: 'a benchmark has nothing to hide, and 32 characters are asked for',
  database: pool,
  emailAndPassword: { enabled: true },
  session: { cookieCache: { enabled: cookieCache === 'on', maxAge: 3600 } },
  plugins: [organization({ membershipLimit: 1000 })],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
})
await (await getMigrations(auth.options)).runMigrations()

const person = { email: 'owner@example.com', password: 'quiet-harbour-lantern-41' }
const isNew = (await pool.query('select 1 from "user" limit 1')).rowCount === 0
if (isNew) await auth.api.signUpEmail({ body: { ...person, name: 'Olga Owner' } })
const { headers } = await auth.api.signInEmail({ body: person, returnHeaders: true })
const cookie = headers
  .getSetCookie()
  .map((text) => text.split(';')[0])
  .join('; ')
const organizationId = await ensureOrganization()

createServer(toNodeHandler(auth)).listen(Number(port), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ ready: true, cookie, organizationId })}\n`)
})

async function ensureOrganization() {
  const found = await pool.query('select id from organization limit 1')
  if (found.rows[0]) return found.rows[0].id
  const made = await auth.api.createOrganization({
    body: { name: 'Acme', slug: 'acme' },
    headers: new Headers({ cookie }),
  })
  for (let n = 1; n < Number(members); n++) {
    await pool.query(
      `insert into "user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
       values ($1, $2, $3, true, now(), now())`,
      [`bench-${n}`, `Member ${n}`, `member-${n}@example.com`],
    )
    await pool.query(
      `insert into member (id, "organizationId", "userId", role, "createdAt")
       values ($1, $2, $3, 'member', now())`,
      [`bench-member-${n}`, made.id, `bench-${n}`],
    )
  }
  return made.id
}
