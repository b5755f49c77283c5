import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// One file for the customer, several for us. The order is the cascade.
const parts = ['tokens', 'base', 'controls', 'forms', 'lists', 'overlays', 'motion']

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const body = parts
  .map((part) => readFileSync(join(root, 'src/styles', `${part}.css`), 'utf8').trim())
  .join('\n\n')

mkdirSync(join(root, 'dist'), { recursive: true })
writeFileSync(join(root, 'dist/styles.css'), `@layer authstack {\n${body}\n}\n`)
