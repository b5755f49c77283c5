import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../lib/repository.ts'
import { errorPages, readErrorRegistry } from './error-pages.ts'
import { readCliErrors } from './read-cli-errors.ts'

/** Writes docs/errors anew from the server's registry and the codes in the CLI's sources. */
const folder = join(repository, 'docs', 'errors')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
const pages = errorPages(readErrorRegistry(), readCliErrors())
for (const [name, text] of pages) writeFileSync(join(folder, name), text)
