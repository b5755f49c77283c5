import { bootstrapCluster } from '../db/bootstrap-cluster.ts'
import { readEnv } from '../env.ts'

// Run by `authstack deploy` before the first migration, with the superuser of a cluster of our own.
const env = readEnv()
if (!env.postgres.superuserUrl) throw new Error('AUTHSTACK_PG_SUPERUSER_URL is not set')

await bootstrapCluster(env.postgres.superuserUrl, {
  authstack_owner: env.credential('db-owner'),
  authstack_tenant: env.credential('db-tenant'),
  authstack_hub: env.credential('db-hub'),
  authstack_operator: env.credential('db-operator'),
  keycloak: env.credential('db-keycloak'),
})
console.log(JSON.stringify({ ready: true }))
