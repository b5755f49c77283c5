import { describe, expect, test } from 'vitest'
import { createStyle } from './style.ts'

describe('colour', () => {
  const cases: [string, Parameters<typeof createStyle>[0], boolean][] = [
    ['a terminal', { isTTY: true, env: { TERM: 'xterm' } }, true],
    ['a pipe', { isTTY: false, env: { TERM: 'xterm' } }, false],
    ['NO_COLOR', { isTTY: true, env: { TERM: 'xterm', NO_COLOR: '1' } }, false],
    ['an empty NO_COLOR, which counts as none', { isTTY: true, env: { NO_COLOR: '' } }, true],
    ['--no-color', { isTTY: true, noColor: true, env: {} }, false],
    ['TERM=dumb', { isTTY: true, env: { TERM: 'dumb' } }, false],
    ['FORCE_COLOR in a pipe', { isTTY: false, env: { FORCE_COLOR: '1' } }, true],
    ['NO_COLOR over FORCE_COLOR', { isTTY: true, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false],
  ]
  for (const [what, options, hasColour] of cases) {
    test(`${what}: ${hasColour ? 'yes' : 'no'}`, () => {
      const style = createStyle(options)
      expect(style.hasColour).toBe(hasColour)
      expect(style.accent('x') !== 'x').toBe(hasColour)
    })
  }
})

test('marks are ASCII where the terminal or the locale has no Unicode', () => {
  const mark = (env: NodeJS.ProcessEnv) => createStyle({ isTTY: true, env }).marks.done
  expect(mark({})).toBe('✓')
  expect(mark({ LANG: 'en_US.UTF-8' })).toBe('✓')
  expect(mark({ LANG: 'C' })).toBe('+')
  expect(mark({ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' })).toBe('+')
  expect(mark({ TERM: 'linux', LANG: 'C.UTF-8' })).toBe('+')
  expect(mark({ AUTHSTACK_ASCII: '1' })).toBe('+')
})
