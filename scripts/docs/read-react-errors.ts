import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { committedFiles } from '../lib/committed-files.ts'
import { repository } from '../lib/repository.ts'

/** The ways in which a code is written in the sources of @authstack/react. */
const written = [
  /\bcode: '(\w+)'/g,
  /\bcode: \w+ \? '(\w+)' : '(\w+)'/g,
  /\brefused\('(\w+)'/g,
  /\bproblem(?:Of)?\('(\w+)'/g,
  /new VerificationError\(\s*'(\w+)'/g,
  /new WebhookError\(\s*'(\w+)'/g,
]

/** Every error code that @authstack/react itself gives, in the browser and in its server entry. */
export function readReactErrors(): string[] {
  const codes = committedFiles('react/src/*.ts', 'react/src/*.tsx')
    .filter((path) => !/\.test(-d)?\./.test(path))
    .map((path) => readFileSync(join(repository, path), 'utf8'))
    .flatMap((text) => written.flatMap((pattern) => [...text.matchAll(pattern)]))
    .flatMap(([, ...found]) => found)
  return [...new Set(codes)].sort()
}
