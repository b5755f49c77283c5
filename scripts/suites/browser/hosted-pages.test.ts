import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { keepPicture, newVisitor, openBrowser, type Visitor } from '../lib/browser.ts'
import { expectHidden, expectVisible } from '../lib/expect-visible.ts'
import { freePort } from '../lib/free-port.ts'
import { instance } from '../lib/instance.ts'
import { newAddress, newPassword, unique } from '../lib/people.ts'
import { request } from '../lib/request.ts'
import { type SampleApp, startSampleApp } from '../lib/sample-app.ts'
import { tellStory } from '../lib/story.ts'
import {
  confirmAddress,
  createOrganization,
  createProject,
  expectIn,
  expectSignedOut,
  fillSignIn,
  fillSignUp,
  type Somebody,
  signOut,
  switchTo,
} from '../lib/walk.ts'

const { api } = instance()

/** An app on the instance's site holds cookies of it; one on another site keeps the session itself. */
const places = [
  { origin: `http://localhost:${await freePort()}`, delivery: 'cookie' },
  { origin: `http://127.0.0.1:${await freePort()}`, delivery: 'bff' },
] as const

for (const { origin, delivery } of places) {
  describe(`hosted pages for an app on ${origin} (${delivery})`, () => {
    const suffix = unique()
    const who: Somebody = { email: newAddress('cy'), password: newPassword(), firstName: 'Cy' }
    const [first, second] = [`First ${suffix}`, `Second ${suffix}`]
    let browser: Browser
    let app: SampleApp
    let visitor: Visitor
    let page: Page
    before(async () => {
      app = await startSampleApp(origin, delivery)
      browser = await openBrowser()
      visitor = await newVisitor(browser)
      page = visitor.page
    })
    after(async () => {
      await browser?.close()
      await app?.stop()
    })
    const chapter = tellStory((name) => keepPicture(page, `${delivery}-${name}`))

    chapter(
      'the app leads to the instance’s own page, with state and an S256 challenge',
      async () => {
        const authorize = page.waitForRequest((one) => one.url().includes('/auth/authorize?'))
        await leaveForHostedPage(page, origin)
        const asked = new URL((await authorize).url()).searchParams
        assert.equal(asked.get('code_challenge_method'), 'S256')
        assert.match(asked.get('code_challenge') ?? '', /^[\w-]{43}$/)
        assert.ok((asked.get('state') ?? '').length >= 16)
        assert.equal(asked.get('redirect_uri'), `${origin}/callback`)
        assert.equal(new URL(page.url()).origin, api)
        assert.match(page.url(), /\/login\?request=/)
      },
    )

    chapter(
      'sign up there, follow the mail, and come back to the app by code and PKCE',
      async () => {
        await page.getByRole('link', { name: /create an account/i }).click()
        await fillSignUp(page, who)
        await expectVisible(page.getByRole('heading', { name: 'Check your email' }))
        await confirmAddress(page, who)
        await leaveForHostedPage(page, origin)
        const callback = page.waitForRequest((one) => one.url().startsWith(`${origin}/callback?`))
        const exchange = page.waitForRequest((one) =>
          /\/(auth\/)?token$/.test(new URL(one.url()).pathname),
        )
        await page.getByRole('button', { name: /^Continue as/ }).click()
        const back = new URL((await callback).url()).searchParams
        assert.ok(back.get('code') && back.get('state') && back.get('iss'))
        const sent = (await exchange).postDataJSON()
        assert.ok(sent.code && (sent.code_verifier ?? sent.codeVerifier).length >= 43)
        await page.waitForURL((url) => url.origin === origin && url.pathname !== '/callback')
        await expectVisible(page.getByLabel('Organization name'))
        assert.doesNotMatch(page.url(), /code=/)
      },
    )

    chapter('the session lives in the right cookie only', async () => {
      const holder = delivery === 'bff' ? origin : api
      const cookies = await visitor.context.cookies(holder)
      const session = cookies.filter(({ name }) => name.startsWith('__Host-'))
      assert.ok(session.length >= 1, JSON.stringify(cookies.map(({ name }) => name)))
      for (const cookie of session) assert.ok(cookie.httpOnly && cookie.secure)
      // What stays of a redirect that was never finished is a verifier without a code: no use to anyone.
      const stored = await page.evaluate(() =>
        [localStorage, sessionStorage]
          .flatMap((storage) => Object.entries(storage))
          .filter(([name]) => !name.includes(':redirect:'))
          .join('\n'),
      )
      assert.doesNotMatch(stored, /eyJ|[A-Za-z0-9_-]{43}/, stored)
    })

    chapter('create two organizations, switch, reload', async () => {
      await createOrganization(page, first)
      await createProject(page, `Of ${first}`)
      await createOrganization(page, second)
      await expectHidden(page.getByText(`Of ${first}`, { exact: true }))
      await switchTo(page, first)
      await expectVisible(page.getByText(`Of ${first}`, { exact: true }))
      await page.reload()
      await expectIn(page, first)
      await expectVisible(page.getByText(`Of ${first}`, { exact: true }))
    })

    chapter(
      'logout ends the app’s session and the hosted pages’: the next visit asks for the password',
      async () => {
        const second = await visitor.context.newPage()
        await second.goto(origin)
        await expectVisible(second.getByRole('heading', { name: 'Projects' }))
        await signOut(page)
        await page.reload()
        await expectSignedOut(page)
        await second.reload()
        await expectSignedOut(second)
        await second.close()
        await leaveForHostedPage(page, origin)
        await expectVisible(page.getByLabel(/^password/i))
        await expectHidden(page.getByRole('button', { name: /^Continue as/ }))
      },
    )

    chapter('signing in there leads straight back', async () => {
      await fillSignIn(page, who)
      await page.waitForURL((url) => url.origin === origin && url.pathname === '/')
      await expectVisible(page.getByRole('heading', { name: 'Projects' }))
    })

    chapter('a code that came back once is no use a second time', async () => {
      await page.goto(`${origin}/callback?code=${'A'.repeat(43)}&state=forged&iss=${api}`)
      await expectVisible(page.getByText('That sign-in did not finish'))
    })

    chapter('no page threw, logged an error or put a token into an address', () => {
      assert.deepEqual(visitor.faults, [])
    })
  })
}

describe('auth/authorize', () => {
  test('answers a redirect address that is not listed with a page, never with a redirect', async () => {
    const search = new URLSearchParams({
      client: instance().liveKey,
      state: 'x'.repeat(20),
      code_challenge: 'A'.repeat(43),
      code_challenge_method: 'S256',
    })
    const { app } = instance()
    for (const uri of [
      'https://evil.example/callback',
      `${app}/callback/../evil`,
      `${app}/callback?next=x`,
      `${app}.evil.example/callback`,
      `${app}@evil.example/callback`,
      'javascript:alert(1)',
      '//evil.example',
      '',
    ]) {
      const url = `${api}/api/v1/auth/authorize?${search}&redirect_uri=${encodeURIComponent(uri)}`
      const answer = await request(url, { headers: { accept: 'text/html' } })
      assert.equal(answer.status, 400, `${uri}: ${answer.status} ${answer.headers.location}`)
      assert.equal(answer.headers.location, undefined)
    }
  })
})

async function leaveForHostedPage(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/login`)
  await page.getByRole('button', { name: 'Use the hosted sign-in page' }).click()
  await page.waitForURL((url) => url.origin === api)
}
