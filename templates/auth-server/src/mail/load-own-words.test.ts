import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { loadOwnWords } from './load-own-words.ts'
import type { Mail } from './mail.ts'
import { mailContent } from './mail-content.ts'

test("a customer's words replace ours for that mail, and a misnamed file stops the start", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'authstack-mails-'))
  const url = pathToFileURL(`${folder}/`)
  try {
    await writeFile(
      join(folder, 'verify-email.ts'),
      'export default (content, mail, place) => ({ ...content, subject: "Hello from " + place.name })\n',
    )
    const own = await loadOwnWords(url)
    const mail: Mail = { template: 'verify-email', to: 'a@example.com', data: {} }
    const place = { name: 'Acme', pagesUrl: 'https://auth.example.com' }
    const content = own['verify-email']?.(mailContent(mail, 't', place), mail, place)
    assert.equal(content?.subject, 'Hello from Acme')
    assert.ok(content?.action?.url.endsWith('#token=t'))
    await writeFile(join(folder, 'verify-mail.ts'), 'export default () => null\n')
    await assert.rejects(loadOwnWords(url), /verify-mail\.ts is no mail/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('without the folder there are none', async () => {
  assert.deepEqual(await loadOwnWords(new URL('file:///nowhere/at/all/')), {})
})
