import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../lib/repository.ts'
import { generateClient } from './generate-client.ts'

const document = join(repository, 'templates/auth-server/openapi.json')
export const clientFile = join(repository, 'react/src/server/api/resources.ts')

/** What the committed file must be: generated from the document of now, formatted by Biome. */
export function freshClient(): string {
  const text = generateClient(JSON.parse(readFileSync(document, 'utf8')))
  return execFileSync('npx', ['biome', 'format', `--stdin-file-path=${clientFile}`], {
    cwd: repository,
    input: text,
    encoding: 'utf8',
  })
}
