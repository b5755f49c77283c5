import { runAuthstack } from '../lib/run-authstack.ts'
import type { DemoFolder } from './demo-folder.ts'

type Mode = 'live' | 'test'
type Key = { kind: string; name: string; key: string; origins: string[]; revokedAt: string | null }
export type DemoKeys = { liveKey: string; testKey: string; nativeKey: string }

const keyName = 'demo'

/** Keys by which the sample app (both modes) and a program without a browser reach the instance. */
export async function ensureKeys(
  folder: DemoFolder,
  app: string,
  origin: string,
): Promise<DemoKeys> {
  const browser = ['--origin', origin, '--redirect-uri', `${origin}/callback`]
  const liveKey = await ensureKey(folder, 'live', 'browser', browser)
  const testKey = await ensureKey(folder, 'test', 'browser', browser)
  const nativeKey = await ensureKey(folder, 'live', 'native', [])
  await runAuthstack(['connect', app, '--key', liveKey, '--origin', origin, '--yes'], {
    cwd: folder.project,
  })
  return { liveKey, testKey, nativeKey }
}

async function ensureKey(folder: DemoFolder, mode: Mode, kind: string, flags: string[]) {
  const options = { cwd: folder.project }
  const { data } = await runAuthstack<{ data: Key[] }>(['keys', 'list', '--mode', mode], options)
  const known = data.find((key) => key.kind === kind && key.name === keyName && !key.revokedAt)
  if (known) return known.key
  const create = ['keys', 'create', '--mode', mode, '--kind', kind, '--name', keyName, ...flags]
  return (await runAuthstack<Key>(create, options)).key
}
