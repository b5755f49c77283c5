import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Mail } from './mail.ts'
import { mailContent } from './mail-content.ts'
import { contrastOf, renderHtml, renderText } from './render-mail.ts'

const place = { name: 'Acme', pagesUrl: 'https://auth.example.com/test' }
const look = { name: 'Acme', primaryColor: '#4f46e5' }
const invitation: Mail = {
  template: 'invitation',
  to: 'bo@example.com',
  data: {
    organizationName: '<img src=x onerror=alert(1)> & "Sons"',
    inviterName: null,
    roleName: 'Admin',
    expiresAt: '2026-12-01T10:00:00Z',
  },
}

test("an organization's name cannot put markup into somebody's mailbox", () => {
  const html = renderHtml(mailContent(invitation, 'tok', place), look)
  assert.ok(!html.includes('<img'))
  assert.ok(html.includes('&lt;img src=x'))
})

test('nobody sends a stranger a link of their own in the name of an organization or in theirs', () => {
  const { data } = invitation
  const names = {
    organizationName: 'Claim at https://evil.example/refund or me@evil.example',
    inviterName: 'Go to www.evil.example',
  }
  const content = mailContent({ ...invitation, data: { ...data, ...names } } as Mail, 'tok', place)
  for (const text of [content.subject, renderText(content, look), renderHtml(content, look)]) {
    assert.doesNotMatch(text, /evil\.example|www\.e|https:\/\/evil|me@evil/)
  }
  assert.ok(renderText(content, look).includes(String(content.action?.url)))
})

test('the token is in the fragment, so it reaches no log', () => {
  const { action } = mailContent(invitation, 'a+b', place)
  assert.equal(action?.url, 'https://auth.example.com/test/accept-invitation#token=a%2Bb')
})

test('the way back to the app is a query of the page, before the fragment', () => {
  const mail: Mail = {
    template: 'verify-email',
    to: 'a@example.com',
    data: { returnTo: 'http://localhost:5173' },
  }
  assert.equal(
    mailContent(mail, 't', place).action?.url,
    'https://auth.example.com/test/verify-email?return=http%3A%2F%2Flocalhost%3A5173#token=t',
  )
})

test('text and HTML say the same: heading, paragraphs, link, why and who', () => {
  const content = mailContent({ template: 'password-reset', to: 'a@b.c', data: {} }, 't', place)
  const text = renderText(content, look)
  const html = renderHtml(content, look)
  for (const part of [content.heading, ...content.paragraphs, content.reason, 'Sent by Acme']) {
    assert.ok(text.includes(part) && html.includes(part), part)
  }
  assert.ok(content.action && text.includes(content.action.url))
  assert.ok(html.includes('max-width:560px'))
})

test('the words on the button are readable on any colour', () => {
  assert.equal(contrastOf('#4f46e5'), '#ffffff')
  assert.equal(contrastOf('#fde047'), '#000000')
})
