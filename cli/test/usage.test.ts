import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runCli, tempFolder } from './run-cli.ts'

describe('a wrong command line is exit 2, in words, with the next step', () => {
  const cases: [string, string, RegExp][] = [
    ['dploy', 'command_unknown', /nearest is "deploy"/],
    ['nothing-like-this', 'command_unknown', /no command "nothing-like-this"/],
    ['keys lst', 'command_unknown', /nearest is "keys list"/],
    ['history extra', 'usage', /"extra" is one argument too many.*history/],
    ['open login extra', 'usage', /"extra" is one argument too many/],
    ['keys revoke', 'usage', /<id> is missing.*Id of the key/],
    ['keys create --kind golden', 'usage', /golden.*browser, native, secret/],
    ['doctor --fx', 'usage', /no flag --fx.*nearest is --fix/],
    ['users list --mode sideways', 'usage', /sideways/],
    ['open nowhere', 'usage', /nowhere/],
  ]
  for (const [line, code, says] of cases) {
    test(`authstack ${line}`, async () => {
      const cwd = tempFolder()
      const { code: exit, json, stderr } = await runCli([...line.split(' '), '--json'], { cwd })
      expect(exit, stderr).toBe(2)
      expect(json.error.code).toBe(code)
      expect(`${json.error.what} ${json.error.why}`).toMatch(says)
      expect(json.error.next.join()).toContain('--help')
      expect(readdirSync(cwd)).toEqual([])
    })
  }

  test('for people: four lines on stderr, nothing on stdout, no stack', async () => {
    const { stdout, stderr } = await runCli(['dploy'], { cwd: tempFolder() })
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(4)
  })
})
