import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { usageError } from '../errors.ts'
import { checkOrigin } from '../keys/ask-new-key.ts'
import { type ApiKey, createKey, listKeys, patchKey } from '../keys/keys.ts'
import { type Mode, type OperatorClient, openOperator } from '../operator/operator-client.ts'
import { editSettings } from '../project/edit-settings.ts'
import { findProject, settingsFile } from '../project/find-project.ts'
import { readSettings } from '../project/read-settings.ts'
import { readInstance } from '../state/instance.ts'
import { detectApp } from './detect-app.ts'
import { setEnvVariables } from './env-file.ts'

export type ConnectOptions = {
  appDir: string
  environment: string
  mode: Mode
  /** Publishable key; the app's own key of the running instance when absent. */
  key?: string
  /** URL of the instance; that of the environment when absent. */
  endpoint?: string
  /** Where the app runs; its framework's usual address when absent. */
  origin?: string
  signal: AbortSignal
}

export type ConnectResult = {
  appFolder: string
  framework: string
  envFile: string
  key: string
  endpoint: string
  origin: string
  redirectUri: string
  /** What this run changed; all false when it was connected already. */
  changed: { envFile: boolean; settings: boolean; key: boolean }
}

/** Connects an existing app to an instance: its variables, the settings' lists, the key's lists. */
export async function connect(options: ConnectOptions): Promise<ConnectResult> {
  const app = await detectApp(options.appDir)
  const project = await findProject()
  await readSettings(project.settingsFile) // wrong settings are told before anything is written
  const origin = options.origin ?? app.defaultOrigin
  checkOrigin(origin)
  const redirectUri = `${origin}/callback`
  if (options.key) checkPublishable(options.key)

  const instance = await readInstance(project.id, options.environment)
  const operator = instance?.liveColour
    ? await openOperator(instance, options.mode, options.signal).catch((error) => {
        // With key and endpoint given, an instance that sleeps is no obstacle.
        if (options.key) return null
        throw error
      })
    : null
  const endpoint = options.endpoint ?? instance?.publicUrl
  if (!endpoint || (!operator && !options.key)) throw keyUnknown(options.environment)

  const name = `app ${basename(app.folder)}`
  const key = operator
    ? await ensureKey(operator, { name, wanted: options.key, origin, redirectUri })
    : { key: options.key ?? '', changed: false }

  const source = await readFile(project.settingsFile, 'utf8')
  const edited = await editSettings(source, settingsFile, {
    add: { allowedOrigins: [origin], redirectUris: [redirectUri] },
  })
  if (edited !== source) await writeFile(project.settingsFile, edited)
  const envFile = join(app.folder, '.env.local')
  const isEnvChanged = await setEnvVariables(envFile, {
    [`${app.prefix}AUTHSTACK_ENDPOINT`]: endpoint,
    [`${app.prefix}AUTHSTACK_KEY`]: key.key,
  })
  return {
    appFolder: app.folder,
    framework: app.framework,
    envFile,
    key: key.key,
    endpoint,
    origin,
    redirectUri,
    changed: { envFile: isEnvChanged, settings: edited !== source, key: key.changed },
  }
}

type Wanted = { name: string; wanted?: string; origin: string; redirectUri: string }

/** The key that was named, else the app's own by name, else a new one; with the app's addresses. */
async function ensureKey(
  operator: OperatorClient,
  { name, wanted, origin, redirectUri }: Wanted,
): Promise<{ key: string; changed: boolean }> {
  const { data } = await listKeys(operator)
  const usable = data.filter((key) => key.kind === 'browser' && !key.revokedAt && key.key)
  const known =
    usable.find((key) => (wanted ? key.key === wanted : key.name === name)) ??
    (wanted ? undefined : onlyOwnKey(usable))
  if (!known) {
    if (wanted) throw keyNotFound(wanted)
    const made = await createKey(operator, {
      kind: 'browser',
      name,
      origins: [origin],
      redirectUris: [redirectUri],
    })
    return { key: made.key ?? '', changed: true }
  }
  const patch = missingAddresses(known, origin, redirectUri)
  if (patch) await patchKey(operator, known.id, patch)
  return { key: known.key ?? '', changed: patch !== null }
}

/** The key that the first deploy made, as long as no other app has one: the hosted pages' own apart. */
function onlyOwnKey(usable: ApiKey[]): ApiKey | undefined {
  const others = usable.filter((key) => key.name !== 'pages')
  return others.length === 1 && others[0]?.name === firstKeyName ? others[0] : undefined
}

const firstKeyName = 'web'

function missingAddresses(key: ApiKey, origin: string, redirectUri: string) {
  const origins = [...new Set([...key.origins, origin])]
  const redirectUris = [...new Set([...key.redirectUris, redirectUri])]
  const isComplete =
    origins.length === key.origins.length && redirectUris.length === key.redirectUris.length
  return isComplete ? null : { origins, redirectUris }
}

function checkPublishable(key: string): void {
  if (key.startsWith('ask_')) return
  throw usageError({
    code: 'key_not_publishable',
    what: 'This key does not belong in a browser.',
    why: 'Everybody who opens the app can read it; only keys that start with ask_ may be there.',
    next: ['Leave --key out: connect makes a browser key for the app.'],
  })
}

function keyNotFound(key: string) {
  return usageError({
    code: 'key_unknown',
    what: `The instance has no active browser key ${key.slice(0, 18)}...`,
    why: 'It is revoked, of another instance, or of the other mode.',
    next: ['authstack keys list shows the keys; --mode test those for tests.'],
  })
}

function keyUnknown(environment: string) {
  return usageError({
    code: 'key_missing',
    what: 'There is no key to connect the app with yet.',
    why: `Nothing is deployed to "${environment}", and --key and --endpoint are not given.`,
    next: [
      `authstack deploy --env ${environment}, then this command again.`,
      'Or give --key and --endpoint.',
    ],
  })
}
