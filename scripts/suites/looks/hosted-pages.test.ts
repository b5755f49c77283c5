import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newVisitor, openBrowser } from '../lib/browser.ts'
import { callOk } from '../lib/call.ts'
import { expectVisible } from '../lib/expect-visible.ts'
import { instance } from '../lib/instance.ts'
import { expectGoodLooks, pictures } from '../lib/look.ts'
import { mailedToken } from '../lib/mailbox.ts'
import {
  invite,
  newAddress,
  newOrganization,
  newPassword,
  newPerson,
  type Person,
  tokenFor,
  unique,
} from '../lib/people.ts'
import { fillSignIn } from '../lib/walk.ts'

const { api } = instance()
const longName = `The Very Long Named Society for Quiet and Readable Interfaces ${unique()}`

describe('hosted pages, light and dark, 360 and 1280 px', () => {
  let browser: Browser
  let page: Page
  let owner: Person
  let organizationId: string
  before(async () => {
    browser = await openBrowser()
    page = (await newVisitor(browser)).page
    owner = await newPerson('owner')
    organizationId = (await newOrganization(owner, longName)).id
  })
  after(async () => {
    await browser?.close()
    process.stdout.write(`# pictures: ${pictures}\n`)
  })
  const open = async (path: string) => {
    await page.goto('about:blank')
    await page.goto(`${api}${path}`)
    await expectVisible(page.getByRole('heading', { level: 1 }).first())
  }

  for (const [path, heading] of [
    ['/login', /^Sign in to /],
    ['/signup', /^Create your /],
    ['/forgot-password', 'Reset your password'],
    ['/test/login', /^Sign in to /],
    ['/no-such-page', 'There is no page here'],
  ] as const) {
    test(path, async () => {
      await open(path)
      await expectVisible(page.getByRole('heading', { name: heading }))
      await expectGoodLooks(page, `hosted${path}`)
    })
  }

  test('/login with faults beside the fields, and with a refusal', async () => {
    await open('/login')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expectVisible(page.getByText('Fill in this field.').first())
    await expectGoodLooks(page, 'hosted/login-empty')
    const stranger = { email: newAddress(), password: newPassword(), firstName: '' }
    await fillSignIn(page, stranger)
    await expectVisible(page.getByText('Email or password is wrong.'))
    await expectGoodLooks(page, 'hosted/login-refused')
  })

  test('/signup after it was sent', async () => {
    await open('/signup')
    await page.getByLabel(/^e-?mail/i).fill(newAddress('looker'))
    await page.getByLabel(/^(new )?password/i).fill(newPassword())
    await page.getByRole('button', { name: /^create (an )?account$/i }).click()
    await expectVisible(page.getByText('Check your email'))
    await expectGoodLooks(page, 'hosted/signup-sent')
  })

  test('/verify-email before and after a link that is dead, and without one', async () => {
    await open(`/verify-email#token=${'A'.repeat(43)}`)
    await expectGoodLooks(page, 'hosted/verify-email')
    await page.getByRole('button', { name: 'Verify and continue' }).click()
    await expectVisible(page.getByText('This link no longer works'))
    await expectGoodLooks(page, 'hosted/verify-email-dead')
    await open('/verify-email')
    await expectGoodLooks(page, 'hosted/verify-email-incomplete')
  })

  test('/reset-password with a mailed link', async () => {
    await callOk('POST', 'auth/password-reset', { json: { email: owner.email } }, 202)
    const token = await mailedToken(owner.email, 'reset-password')
    await open(`/reset-password#token=${token}`)
    await expectVisible(page.getByLabel(/password/i).first())
    await expectGoodLooks(page, 'hosted/reset-password')
  })

  test('/accept-invitation for a stranger and for the wrong person, with a long name', async () => {
    const ownerToken = await tokenFor(owner, organizationId)
    const { token } = await invite(ownerToken, organizationId, newAddress('guest'))
    await open(`/accept-invitation#token=${token}`)
    await expectGoodLooks(page, 'hosted/accept-invitation')
    await open('/login')
    await fillSignIn(page, { ...owner, firstName: '' })
    await page.waitForURL(/\/account/)
    await open(`/accept-invitation#token=${token}`)
    await expectVisible(page.getByText(/^This invitation is for/))
    await expectGoodLooks(page, 'hosted/accept-invitation-wrong-person')
  })

  test('/account and /organization of a signed-in person', async () => {
    await open('/account')
    await expectVisible(page.getByText(owner.email).first())
    await expectGoodLooks(page, 'hosted/account')
    await open('/organization')
    await expectVisible(page.getByText(longName.slice(0, 20)).first())
    await expectVisible(page.getByText(owner.email).first())
    await expectGoodLooks(page, 'hosted/organization')
  })

  test('the page for a request that cannot be started', async () => {
    await page.goto(`${api}/api/v1/auth/authorize?client=x&redirect_uri=https://evil.example`)
    await expectVisible(page.getByText('This sign-in cannot be started'))
    await expectGoodLooks(page, 'hosted/bad-request')
  })
})
