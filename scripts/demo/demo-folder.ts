import { isAbsolute, join, resolve } from 'node:path'
import { repository } from '../lib/repository.ts'

/** Where the demo lives: `.demo/` of this clone, or AUTHSTACK_DEMO_DIR. All paths absolute. */
export type DemoFolder = {
  root: string
  /** The customer's project, as `authstack init` made it. */
  project: string
  /** Says which process is the sample app's backend. */
  appProcess: string
  appLog: string
  /** What must stay the same from run to run: the app's port. */
  stateFile: string
}

export function demoFolder(env: NodeJS.ProcessEnv = process.env): DemoFolder {
  const chosen = env.AUTHSTACK_DEMO_DIR || '.demo'
  const root = isAbsolute(chosen) ? chosen : resolve(repository, chosen)
  return {
    root,
    project: join(root, 'waypoint-auth'),
    appProcess: join(root, 'run', 'app.json'),
    appLog: join(root, 'logs', 'app.log'),
    stateFile: join(root, 'demo.json'),
  }
}
