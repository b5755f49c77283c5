import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readEnv } from '../env.ts'
import { openKeycloak } from '../keycloak/keycloak.ts'
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
const keycloak = await openKeycloak(readEnv(), noDatabase)
const file = values['apply-inverse']
const changes = file ? readInverse(file) : await planHubs(keycloak, await loadSettings())
if (!values['dry-run']) await applyChanges(keycloak, changes)
process.stdout.write(`${JSON.stringify({ changes, inverse: invert(changes) })}\n`)

function readInverse(path: string): Change[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { inverse: Change[] }).inverse
}
