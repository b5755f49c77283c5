import { execFile, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from '../lib/repository.ts'

/** Runs the compiler over every committed tsconfig but the base ones, and says how many are without errors. */
const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc')
const atOnce = 2

const projects = execFileSync('git', ['ls-files', '*tsconfig*.json'], {
  cwd: repository,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path && !path.endsWith('tsconfig.base.json') && !isSolution(path))

const failures: string[] = []
const queue = [...projects]
await Promise.all(Array.from({ length: atOnce }, work))
for (const failure of failures) console.log(failure)
console.log(`${projects.length - failures.length} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0

async function work(): Promise<void> {
  for (let project = queue.shift(); project; project = queue.shift()) {
    try {
      await promisify(execFile)(
        process.execPath,
        [compiler, '-p', project, '--noEmit', '--pretty', 'false'],
        { cwd: repository, maxBuffer: 64 * 1024 * 1024 },
      )
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
      failures.push(`${project}:\n${stdout}${stderr}`)
    }
  }
}

/** A config that only lists references has nothing of its own to compile. */
function isSolution(path: string): boolean {
  return /"files"\s*:\s*\[\s*\]/.test(readFileSync(join(repository, path), 'utf8'))
}
