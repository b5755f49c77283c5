import { runAuthstack } from '../lib/run-authstack.ts'
import type { DemoFolder } from './demo-folder.ts'

type Mode = 'live' | 'test'
type Key = { name: string; key?: string; origins: string[]; revokedAt: string | null }
export type DemoKeys = { liveKey: string; testKey: string; nativeKey: string }

/**
 * The keys that the first deploy made, and the sample app connected with the live one. Keys know the app's origin
 * from the settings; when its port had to change since, `connect` adds the new one.
 */
export async function ensureKeys(
  folder: DemoFolder,
  app: string,
  origin: string,
): Promise<DemoKeys> {
  const live = await listKeys(folder, 'live')
  const test = await listKeys(folder, 'test')
  const testKey = find(test, 'web')
  const liveKey = find(live, 'web')
  if (!testKey.origins.includes(origin)) await connect(folder, app, origin, 'test', testKey)
  await connect(folder, app, origin, 'live', liveKey)
  return { liveKey: liveKey.key, testKey: testKey.key, nativeKey: find(live, 'native').key }
}

async function listKeys(folder: DemoFolder, mode: Mode): Promise<Key[]> {
  const args = ['keys', 'list', '--mode', mode]
  return (await runAuthstack<{ data: Key[] }>(args, { cwd: folder.project })).data
}

function find(keys: Key[], name: string): Key & { key: string } {
  const key = keys.find((one) => one.name === name && !one.revokedAt)
  if (!key?.key)
    throw new Error(`the instance has no active key '${name}', which its first deploy makes`)
  return { ...key, key: key.key }
}

async function connect(
  folder: DemoFolder,
  app: string,
  origin: string,
  mode: Mode,
  { key }: { key: string },
): Promise<void> {
  const args = ['connect', app, '--mode', mode, '--key', key, '--origin', origin]
  await runAuthstack(args, { cwd: folder.project })
}
