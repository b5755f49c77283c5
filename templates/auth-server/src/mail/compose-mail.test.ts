import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Env } from '../env.ts'
import type { Settings } from '../settings.ts'
import { composeMail } from './compose-mail.ts'
import type { Mail } from './mail.ts'
import { sampleMails } from './sample-mails.ts'
import { mailLanguages } from './words/words-of.ts'

const compose = (mail: Mail, locale: string, logo: Settings['logo'] = null) => {
  const settings = {
    name: 'Acme',
    theme: { primaryColor: '#4f46e5', radius: '6px' },
    logo,
  } as Settings
  const env = { publicUrl: 'https://auth.acme.example' } as Env
  const token = mail.token ?? null
  return composeMail({ env, settings }, {}, { mode: 'live', mail, token, locale })
}

for (const locale of mailLanguages) {
  test(`every mail in ${locale}: whole, in its language, nothing from elsewhere`, () => {
    for (const mail of sampleMails) {
      const { subject, html, text } = compose(mail, locale)
      const name = `${mail.template} ${locale}`
      for (const part of [subject, html, text]) {
        assert.doesNotMatch(part, /undefined|null|NaN|\[object|\$\{/, name)
      }
      assert.ok(html.includes(`<html lang="${locale}">`), name)
      // No picture, font, script or style from anywhere: nobody learns that the mail was opened.
      assert.doesNotMatch(html, /<img|<script|@import|url\(|src=|http:\/\//i, name)
      const links = [...html.matchAll(/href="([^"]+)"/g)].map((found) => String(found[1]))
      assert.ok(
        links.every((link) => link.startsWith('https://auth.acme.example/')),
        name,
      )
      for (const link of links) assert.ok(text.includes(link.replaceAll('&amp;', '&')), name)
      assert.ok(subject.length <= 80, `${name}: ${subject}`)
    }
  })
}

test('no two languages have the same words', () => {
  for (const mail of sampleMails) {
    const subjects = mailLanguages.map((locale) => compose(mail, locale).text)
    assert.equal(new Set(subjects).size, mailLanguages.length, mail.template)
  }
})

test('dates are written as the language writes them', () => {
  const invitation = sampleMails.find((mail) => mail.template === 'invitation') as Mail
  const texts = ['en', 'de', 'es', 'fr'].map((locale) => compose(invitation, locale).text)
  const dates = [
    /December 2, 2026/,
    /2\. Dezember 2026/,
    /2 de diciembre de 2026/,
    /2 décembre 2026/,
  ]
  for (const [index, date] of dates.entries()) assert.match(String(texts[index]), date)
})

test('a line break in a name begins no header', () => {
  const invitation = sampleMails.find((mail) => mail.template === 'invitation') as Mail
  const data = { ...invitation.data, organizationName: 'A\r\nBcc: victim@example.com' }
  const { subject } = compose({ ...invitation, data } as Mail, 'en')
  assert.doesNotMatch(subject, /[\r\n]/)
})

test('a country is called as the language calls it', () => {
  const alert = sampleMails.find((mail) => mail.template === 'new-device') as Mail
  const german = { ...alert, data: { ...alert.data, country: 'DE' } } as Mail
  const texts = ['en', 'de', 'es', 'fr'].map((locale) => compose(german, locale).text)
  const names = [/Germany/, /Deutschland/, /Alemania/, /Allemagne/]
  for (const [index, name] of names.entries()) assert.match(String(texts[index]), name)
})

test('a language that no mail is written in gets English, with its own tag', () => {
  const [mail] = sampleMails as [Mail]
  const { subject, html } = compose(mail, 'ja')
  assert.equal(subject, compose(mail, 'en').subject)
  assert.ok(html.includes('<html lang="en">'), 'a screen reader must not read English as Japanese')
})

test('a logo that mail programs can draw stands for the name; any other would be a broken frame', () => {
  const [mail] = sampleMails as [Mail]
  const shown = compose(mail, 'en', { src: 'https://acme.example/logo.png', alt: 'Acme "&" Co' })
  assert.ok(
    shown.html.includes('src="https://acme.example/logo.png" alt="Acme &quot;&amp;&quot; Co"'),
  )
  for (const src of [
    '/logo.png',
    'https://acme.example/logo.svg',
    'http://acme.example/logo.png',
    // One address for everybody: what could tell one reader from another is not loaded.
    'https://acme.example/logo.png?reader=1',
  ]) {
    assert.doesNotMatch(compose(mail, 'en', { src, alt: '' }).html, /<img/, src)
  }
})
