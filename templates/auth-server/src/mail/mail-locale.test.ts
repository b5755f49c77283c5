import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailLocale } from './mail-locale.ts'

const locale = (accept: string | null, locales: string[]) =>
  mailLocale({ services: { settings: { locales } }, header: () => accept })

test('a mail is in the language that the browser likes best of those the settings offer', () => {
  assert.equal(locale('fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7', ['en', 'de', 'fr']), 'fr')
  assert.equal(locale('de-AT', ['en', 'de']), 'de')
  assert.equal(locale('pt, es;q=0.5', ['en', 'es']), 'es')
})

test("without a wish, or with one that nobody can meet, it is the settings' first", () => {
  assert.equal(locale(null, ['de', 'en']), 'de')
  assert.equal(locale('ja', ['fr', 'en']), 'fr')
  assert.equal(locale('not a language;;q=', ['en']), 'en')
})
