import { readEnv } from '../env.ts'
import { bootstrapKeycloak } from '../keycloak/bootstrap.ts'
import { openKeycloak } from '../keycloak/keycloak.ts'
import { TASK_CALL_MILLISECONDS } from '../keycloak/patiently.ts'
import { loadSettings } from '../settings.ts'

// Mints nothing, so it needs no database to remember assertions in.
const noDatabase = {
  hubQuery: () => {
    throw new Error('The bootstrap mints no tokens')
  },
}
const env = readEnv()
const keycloak = await openKeycloak(env, noDatabase, {
  adminTimeoutMilliseconds: TASK_CALL_MILLISECONDS,
})
const done = await bootstrapKeycloak(env, keycloak, await loadSettings())
process.stdout.write(`${JSON.stringify({ done })}\n`)
