import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The spawned CLI is the built one: built again when a source is newer. */
export default function build(): void {
  const manifest = join(root, 'oclif.manifest.json')
  const builtAt = existsSync(manifest) ? statSync(manifest).mtimeMs : 0
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  const isOld = sources.some(
    (entry) =>
      entry.isFile() &&
      !/\.test\.tsx?$/.test(entry.name) &&
      statSync(join(entry.parentPath, entry.name)).mtimeMs > builtAt,
  )
  if (isOld) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' })
}
