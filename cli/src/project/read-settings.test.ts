import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { UserError } from '../errors.ts'
import { editSettings } from './edit-settings.ts'
import { parseSettings } from './read-settings.ts'

const name = 'authstack.config.ts'

async function fault(source: string): Promise<UserError> {
  return parseSettings(source, name).then(
    () => {
      throw new Error('it was accepted')
    },
    (error) => error,
  )
}

describe('settings are read as data', () => {
  test('literals of every kind, with comments and satisfies', async () => {
    const settings = await parseSettings(
      `import type { Settings } from './src/settings.ts'
export default {
  project: 'acme-auth', // a comment
  "name": \`Acme\`,
  session: { refreshDays: 30, idleMinutes: null },
  extra: [-1, true, { deep: 'x' }],
} satisfies Settings
`,
      name,
    )
    expect(settings).toMatchObject({
      project: 'acme-auth',
      name: 'Acme',
      session: { refreshDays: 30, idleMinutes: null },
      extra: [-1, true, { deep: 'x' }],
      environments: { local: { target: 'local' } },
    })
  })

  test('nothing in them ever runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'as-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const mark = join(folder, 'ran')
    const code = `(() => { require('fs').writeFileSync('${mark}', '') })()`
    await fault(`import fs from 'node:fs'\n${code}\nexport default { project: ${code} }`)
    expect(existsSync(mark)).toBe(false)
  })

  const notLiteral: [string, string][] = [
    ['a variable', 'process.env.NAME'],
    ['a call', "String('x')"],
    ['a template with a hole', '`a$' + '{1}`'],
    ['an operator', "'a' + 'b'"],
    ['a spread', '[...[]]'],
    ['a function', '() => 1'],
    ['a shorthand', '{ project }'],
    ['a computed key', "{ ['a']: 1 }"],
    ['a prototype', '{ __proto__: {} }'],
    ['a hole', '[, 1]'],
  ]
  for (const [what, value] of notLiteral) {
    test(`${what} is refused with its line: exit 3`, async () => {
      const error = await fault(`export default {\n  project: 'acme-auth',\n  name: ${value},\n}\n`)
      expect(error).toMatchObject({ code: 'settings_not_literal', exitCode: 3 })
      expect(error.what).toContain('line 3')
    })
  }

  test('a wrong value names setting, line and what it takes', async () => {
    const error = await fault(
      "export default {\n  project: 'acme-auth',\n  name: 'A',\n  theme: {\n    primaryColor: 'red',\n  },\n  allowedOrigins: ['https://a.example/'],\n}\n",
    )
    expect(error).toMatchObject({ code: 'settings_invalid', exitCode: 3 })
    expect(error.what).toContain('line 5: theme.primaryColor must be a colour')
    expect(error.why).toContain('line 7: allowedOrigins.0 must be an origin')
  })

  test('a missing value, a wrong type, a misspelt name, broken syntax, no export', async () => {
    const missing = await fault("export default {\n  project: 'acme-auth',\n}\n")
    expect(missing.what).toContain('line 1: name is missing')
    const type = await fault("export default {\n  project: 'acme-auth',\n  name: 5 }\n")
    expect(type.what).toContain('line 3: name must be of type string')
    const misspelt = await fault(
      "export default {\n  project: 'acme-auth',\n  name: 'A',\n  themes: {} }",
    )
    expect(misspelt).toMatchObject({ code: 'settings_unknown_name' })
    expect(misspelt.why).toContain('theme')
    expect((await fault('export default {\n  project: \n}')).code).toBe('settings_syntax')
    expect((await fault('export const a = 1')).code).toBe('settings_no_default')
  })
})

describe('settings are edited in place', () => {
  const source = `export default {
  project: 'acme-auth',
  // Why this one is here.
  allowedOrigins: ['https://a.example'],
  name: 'Acme', // kept
}
`
  test('what is added is the only line that changes', async () => {
    const edited = await editSettings(source, name, {
      add: { allowedOrigins: ['https://b.example'] },
    })
    expect(edited).toBe(
      source.replace("'https://a.example'", "'https://a.example', 'https://b.example'"),
    )
  })

  test('what is there already changes nothing, to the letter', async () => {
    const edit = { set: { name: 'Acme' }, add: { allowedOrigins: ['https://a.example'] } }
    expect(await editSettings(source, name, edit)).toBe(source)
  })
})
