// Copies the templates into the package before `npm pack`, and takes them away after it (--remove).
// npm never packs .npmrc and reads .gitignore as its own, so names with a dot in front travel as
// `_dot_<name>`; init gives them their name back.
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('../../templates/', import.meta.url))
const target = fileURLToPath(new URL('../templates/', import.meta.url))
const leftOut = /^(node_modules|dist|target|coverage|data|\.env.*|.*\.log|.*\.tsbuildinfo)$/

await rm(target, { recursive: true, force: true })
if (!process.argv.includes('--remove')) {
  await mkdir(target)
  await cp(source, target, {
    recursive: true,
    filter: (path) => basename(path) === '.env.example' || !leftOut.test(basename(path)),
  })
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.startsWith('.')) continue
    const path = join(entry.parentPath, entry.name)
    await rename(path, join(dirname(path), `_dot_${entry.name.slice(1)}`))
  }
}
