import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Place } from './place.ts'
import type { ProjectFiles } from './template-files.ts'

/** A folder where a project comes into being, before it appears at its place all at once. */
export type Staging = {
  folder: string
  write: (files: ProjectFiles) => Promise<void>
  has: (path: string) => Promise<boolean>
  /** Puts everything at its place. */
  appear: () => Promise<void>
  /** Takes back what `appear` did. */
  disappear: () => Promise<void>
  /** Removes the staging folder and folders made for it. Safe after `appear`. */
  clean: () => Promise<void>
}

/**
 * Opens a staging folder on the same file system as the place: beside a new folder, inside an
 * existing one (which may be a mount point, where nothing can be renamed across).
 */
export async function openStaging(place: Place): Promise<Staging> {
  const parent = place.exists ? place.folder : dirname(place.folder)
  const madeFolders = await makeFolders(parent)
  const folder = await mkdtemp(join(parent, '.authstack-init-'))
  const moved: string[] = []
  return {
    folder,
    async write(files) {
      for (const [path, { content, isExecutable }] of files) {
        const target = join(folder, path)
        await mkdir(dirname(target), { recursive: true })
        await writeFile(target, content, { mode: isExecutable ? 0o755 : 0o644 })
      }
    },
    has: (path) =>
      stat(join(folder, path)).then(
        () => true,
        () => false,
      ),
    async appear() {
      if (!place.exists) {
        // mkdtemp makes it private; a project's folder is like any other that the person makes.
        await chmod(folder, 0o777 & ~process.umask())
        await rename(folder, place.folder)
        moved.push(place.folder)
        return
      }
      for (const name of await readdir(folder)) {
        await rename(join(folder, name), join(place.folder, name))
        moved.push(join(place.folder, name))
      }
    },
    async disappear() {
      for (const path of moved) await rm(path, { recursive: true, force: true })
      moved.length = 0
    },
    async clean() {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      // Only empty ones go, deepest first: rmdir refuses a folder that got other content.
      for (const made of madeFolders) await rmdir(made).catch(() => {})
    },
  }
}

/** Makes a folder and those above it; gives the ones that were missing, deepest first. */
async function makeFolders(folder: string): Promise<string[]> {
  const first = await mkdir(folder, { recursive: true })
  if (!first) return []
  const made = [folder]
  while (made[made.length - 1] !== first) made.push(dirname(made[made.length - 1] ?? first))
  return made
}
