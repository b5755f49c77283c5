import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../lib/repository.ts'
import { errorPages, readErrorRegistry } from './error-pages.ts'

/** Writes docs/errors anew from the registry of the server template. */
const folder = join(repository, 'docs', 'errors')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [name, text] of errorPages(readErrorRegistry())) writeFileSync(join(folder, name), text)
