import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readEnv } from '../env.ts'
import { openKeycloak } from '../keycloak/keycloak.ts'
import { patiently, TASK_CALL_MILLISECONDS } from '../keycloak/patiently.ts'
import { applyChanges, type Change, invert, planHubs } from '../keycloak/reconcile.ts'
import { loadSettings } from '../settings.ts'

// Brings the hubs to the settings and prints what it changed; `--apply-inverse <file>` takes the
// `inverse` of an earlier print and puts it back.
const { values } = parseArgs({
  options: { 'dry-run': { type: 'boolean' }, 'apply-inverse': { type: 'string' } },
})
const noDatabase = {
  hubQuery: () => {
    throw new Error('Reconcile mints no tokens')
  },
}
const keycloak = await openKeycloak(readEnv(), noDatabase, {
  adminTimeoutMilliseconds: TASK_CALL_MILLISECONDS,
})
const settings = await loadSettings()
const file = values['apply-inverse']
const changes = file ? readInverse(file) : await patiently(() => planHubs(keycloak, settings))
if (!values['dry-run']) await patiently(() => applyChanges(keycloak, changes))
process.stdout.write(`${JSON.stringify({ changes, inverse: invert(changes) })}\n`)

function readInverse(path: string): Change[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { inverse: Change[] }).inverse
}
