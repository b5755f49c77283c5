import { describe, expect, it } from 'vitest'
import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { Message, MessageKey } from './message.ts'
import { translate } from './translate.ts'

const keys = Object.keys(en.messages) as MessageKey[]

const placesOf = (message: Message): string[] => {
  const texts = typeof message === 'string' ? [message] : Object.values(message)
  return [...new Set(texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort()
}

describe.each([de, es, fr])('$tag', (locale) => {
  it('has every text, with the same places to fill', () => {
    expect(Object.keys(locale.messages).sort()).toEqual([...keys].sort())
    for (const key of keys) {
      expect([key, placesOf(locale.messages[key])]).toEqual([key, placesOf(en.messages[key])])
    }
  })
})

it('chooses the plural by the language’s own rules', () => {
  expect(translate(en, 'members.count', { count: 1 })).toBe('1 member')
  expect(translate(en, 'members.count', { count: 0 })).toBe('0 members')
  // French counts zero as singular.
  expect(translate(fr, 'members.count', { count: 0 })).toBe('0 membre')
})

it('leaves a name that looks like a place alone', () => {
  expect(translate(en, 'login.title', { name: '{email}' })).toBe('Sign in to {email}')
})

it('raises no voice', () => {
  for (const key of keys) expect(JSON.stringify(en.messages[key])).not.toMatch(/!|oops/i)
})
