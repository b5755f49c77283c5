import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { repository } from '../lib/repository.ts'

const template = join(repository, 'templates', 'auth-server')

const load = `
  import { loadExtensions } from './src/extensions.ts'
  import { loadMigrations } from './src/db/migration-source.ts'
  import { loadOwnWords } from './src/mail/load-own-words.ts'
  const { routes, hooks } = await loadExtensions()
  const migrations = await loadMigrations('extensions/migrations')
  const mails = await loadOwnWords()
  const content = mails.invitation({ heading: 'Join Initech' }, {}, { name: 'Acme' })
  console.log(JSON.stringify({
    routes: routes.map(({ method, path }) => method + ' ' + path),
    hooks: Object.keys(hooks),
    migrations: migrations.map(({ name, kind }) => name + ' ' + kind),
    subject: content.subject,
  }))`

test('each example of extensions/README.md loads as the server loads it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'authstack-extensions-'))
  try {
    cpSync(join(template, 'src'), join(folder, 'src'), { recursive: true })
    for (const name of ['package.json', 'authstack.config.ts']) {
      cpSync(join(template, name), join(folder, name))
    }
    symlinkSync(join(template, 'node_modules'), join(folder, 'node_modules'))
    for (const [path, code] of readExamples()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), code)
    }
    const options = { cwd: folder, encoding: 'utf8' } as const
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', load], options)
    assert.deepEqual(JSON.parse(printed), {
      routes: ['GET /api/v1/x/organizations/:orgId/notes'],
      hooks: ['beforeSignup'],
      migrations: ['0001_notes.ts expand'],
      subject: 'Join Initech today: Acme is waiting',
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Path and code of each block that begins with `// extensions/...`. */
function readExamples(): [path: string, code: string][] {
  const text = readFileSync(join(template, 'extensions', 'README.md'), 'utf8')
  const blocks = text.matchAll(/```ts\n\/\/ (extensions\/\S+)\n([\s\S]*?)```/g)
  return [...blocks].map(([, path = '', code = '']) => [path, code])
}
