import assert from 'node:assert/strict'
import { test } from 'node:test'
import { themeCss } from './apply-theme.ts'

const theme = {
  primaryColor: '#0f766e',
  fontFamily: 'system',
  radius: '6px',
  darkMode: 'system',
} as const

test('sets the colours, and leaves light or dark to the device by default', () => {
  const css = themeCss(theme)
  assert.match(css, /--authstack-color-primary:#0f766e;/)
  assert.match(css, /--authstack-radius:6px;/)
  assert.doesNotMatch(css, /font-family|color-scheme/)
})

test('a project that is always dark is dark from the first paint', () => {
  assert.match(themeCss({ ...theme, darkMode: 'dark' }), /:root\{color-scheme:dark\}/)
})

test('a theme value cannot write CSS of its own', () => {
  const css = themeCss({ ...theme, primaryColor: 'red;}body{display:none' })
  assert.doesNotMatch(css, /display/)
})
