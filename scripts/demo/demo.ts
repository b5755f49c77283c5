import { openApi } from '../lib/api.ts'
import { sayDone } from '../lib/terminal.ts'
import { demoFolder } from './demo-folder.ts'
import { ensureInstance } from './ensure-instance.ts'
import { ensureKeys } from './ensure-keys.ts'
import { ensureProject } from './ensure-project.ts'
import { keepAppPort } from './keep-app-port.ts'
import { type SeededUser, seedPeople } from './seed-people.ts'
import { startApp } from './start-app.ts'

/** What `bin/demo --json` prints. Holds nothing secret but the demo people's passwords. */
export type Demo = {
  /** Origin of the instance, which also serves the API under `/api/v1`. */
  api: string
  /** Where the hosted pages are: `<pages>/login`. */
  pages: string
  app: string
  mailbox: string
  /** Browser keys of the sample app. */
  liveKey: string
  testKey: string
  nativeKey: string
  /** Folder of the project; `authstack` commands run there. */
  project: string
  users: SeededUser[]
}

/** Brings the whole demo up, or what is missing of it, and tells where everything is. */
export async function demo(): Promise<Demo> {
  const folder = demoFolder()
  const port = await keepAppPort(folder)
  const origin = `http://localhost:${port}`
  const app = await timed('Project', () => ensureProject(folder, origin))
  const instance = await timed('Instance', () => ensureInstance(folder))
  const keys = await timed('Keys', () => ensureKeys(folder, app, origin))
  const users = await timed('People and organizations', () =>
    seedPeople(openApi(instance.publicUrl, keys.nativeKey), instance.mailbox),
  )
  const appOrigin = await timed('Sample app', () => startApp(folder, app, port))
  return {
    api: instance.publicUrl,
    pages: instance.pages,
    app: appOrigin,
    mailbox: instance.mailbox,
    ...keys,
    project: folder.project,
    users,
  }
}

async function timed<T>(title: string, step: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const answer = await step()
  sayDone(title, (performance.now() - started) / 1000)
  return answer
}
