import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authstackBin } from '../lib/repository.ts'
import { runAuthstack } from '../lib/run-authstack.ts'

/** A project with a home of its own, deployed to this computer, that takes as many organizations as are asked of it. */
export type OwnProject = {
  folder: string
  env: NodeJS.ProcessEnv
  api: string
  nativeKey: string
  run: <T>(args: string[]) => Promise<T>
  /** Kills a process of the instance, as a crash would. */
  kill: (name: string) => void
  /** Ends and deletes everything. */
  end: () => void
}

const plenty = 100_000

/** Makes, deploys and answers it. Downloads and built tools come from the user's cache. */
export async function makeOwnProject(): Promise<OwnProject> {
  const scratch = mkdtempSync(join(tmpdir(), 'asn-'))
  // PostgreSQL runs under another uid when we are root, and must be able to walk in.
  chmodSync(scratch, 0o755)
  const folder = join(scratch, 'scale-auth')
  // Another home does not know which ports this one keeps while nothing listens on them.
  const env = { ...process.env, AUTHSTACK_HOME: join(scratch, 'home'), AUTHSTACK_PORT_BASE: '9300' }
  const run = <T>(args: string[]) => runAuthstack<T>(args, { cwd: folder, env })
  const end = () => {
    spawnSync(process.execPath, [authstackBin, 'stop'], { cwd: folder, env, stdio: 'ignore' })
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await runAuthstack(
      ['init', folder, '--name', 'Scale', '--no-with-app', '--no-install', '--yes'],
      {
        cwd: scratch,
        env,
      },
    )
    liftLimits(join(folder, 'authstack.config.ts'))
    await run(['deploy', '--yes'])
    const { publicUrl } = await run<{ publicUrl: string }>(['status'])
    const { key } = await run<{ key: string }>([
      ...['keys', 'create', '--kind', 'native', '--name', 'scale'],
    ])
    return {
      folder,
      env,
      api: publicUrl,
      nativeKey: key,
      run,
      kill: killer(env.AUTHSTACK_HOME),
      end,
    }
  } catch (error) {
    end()
    throw error
  }
}

/** What protects an instance from strangers would end the measurement at the hundredth organization. */
function liftLimits(file: string): void {
  let text = readFileSync(file, 'utf8')
  for (const name of ['max', 'perUserMax', 'perHourMax']) {
    const lifted = text.replace(new RegExp(`\\b${name}: \\d+`), `${name}: ${plenty}`)
    if (lifted === text) throw new Error(`${file} has no ${name}`)
    text = lifted
  }
  writeFileSync(file, text)
}

function killer(home: string): (name: string) => void {
  return (name) => {
    const [project] = readdirSync(home)
    const record = join(home, project ?? '', 'local', 'run', `${name}.json`)
    process.kill(JSON.parse(readFileSync(record, 'utf8')).pid, 'SIGKILL')
  }
}
