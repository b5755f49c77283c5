import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../lib/repository.ts'
import { errorPages, readErrorRegistry } from './error-pages.ts'
import { readCliErrors } from './read-cli-errors.ts'

/** Writes docs/errors anew from the server's registry and the codes in the CLI's sources. */
const folder = join(repository, 'docs', 'errors')
// Before anything is removed: a code without words throws here.
const pages = errorPages(readErrorRegistry(), readCliErrors())
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [name, text] of pages) writeFileSync(join(folder, name), text)
