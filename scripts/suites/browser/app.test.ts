import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import type { Browser } from 'playwright-core'
import { keepPicture, newVisitor, openBrowser, type Visitor } from '../lib/browser.ts'
import { expectHidden, expectVisible } from '../lib/expect-visible.ts'
import { instance } from '../lib/instance.ts'
import { linkIn, waitForMail } from '../lib/mailbox.ts'
import { newAddress, newPassword, unique } from '../lib/people.ts'
import { request } from '../lib/request.ts'
import { tellStory } from '../lib/story.ts'
import {
  createOrganization,
  createProject,
  expectIn,
  expectSignedOut,
  fillSignIn,
  fillSignUp,
  inviteByTeamPage,
  offeredOrganizations,
  type Somebody,
  signInToApp,
  signOut,
  signUpInApp,
  switchTo,
} from '../lib/walk.ts'

const { app, api, liveKey } = instance()
const suffix = unique()
const ada: Somebody = { email: newAddress('ada'), password: newPassword(), firstName: 'Ada' }
const ben: Somebody = { email: newAddress('ben'), password: newPassword(), firstName: 'Ben' }
const north = `North ${suffix}`
const south = `South ${suffix}`

describe('two people in the sample app, cookies of the instance', () => {
  let browser: Browser
  let adas: Visitor
  let bens: Visitor
  before(async () => {
    browser = await openBrowser()
    adas = await newVisitor(browser)
    bens = await newVisitor(browser)
  })
  after(() => browser?.close())
  const chapter = tellStory(async (name) => {
    await keepPicture(adas.page, `ada-${name}`)
    await keepPicture(bens.page, `ben-${name}`)
  })

  chapter('a visitor sees no data and makes no failing call', async () => {
    const failed: string[] = []
    adas.page.on('response', (one) => {
      if (one.status() >= 400) failed.push(`${one.status()} ${one.url()}`)
    })
    await adas.page.goto(`${app}/`)
    await expectSignedOut(adas.page)
    assert.deepEqual(failed, [])
    adas.page.removeAllListeners('response')
  })

  chapter('a wrong password is told in words, beside the form, and the address stays', async () => {
    await fillSignIn(adas.page, ada)
    await expectVisible(adas.page.getByText('Email or password is wrong.'))
    assert.equal(await adas.page.getByLabel(/^e-?mail/i).inputValue(), ada.email)
  })

  chapter('sign up, follow the mail, sign in, create the first organization', async () => {
    await signUpInApp(adas.page, app, ada)
    await signInToApp(adas.page, app, ada)
    await createOrganization(adas.page, north)
    await createProject(adas.page, `Secret of ${north}`)
  })

  chapter('a second organization starts empty', async () => {
    await createOrganization(adas.page, south)
    await expectHidden(adas.page.getByText(`Secret of ${north}`, { exact: true }))
    await createProject(adas.page, `Secret of ${south}`)
  })

  chapter('switching shows each organization’s own projects only', async () => {
    await switchTo(adas.page, north)
    await expectVisible(adas.page.getByText(`Secret of ${north}`, { exact: true }))
    await expectHidden(adas.page.getByText(`Secret of ${south}`, { exact: true }))
  })

  chapter('reload keeps the session and the organization', async () => {
    await adas.page.reload()
    await expectIn(adas.page, north)
    await expectVisible(adas.page.getByText(`Secret of ${north}`, { exact: true }))
  })

  chapter('no token is kept where a script of another page load could read it', async () => {
    const stored = await adas.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
    assert.doesNotMatch(stored, /eyJ|[A-Za-z0-9_-]{43}"/, stored)
    assert.equal(await adas.page.evaluate(() => document.cookie), '')
    const [cookie] = await adas.context.cookies(api)
    assert.match(cookie?.name ?? '', /^__Host-as_/)
    assert.ok(cookie?.httpOnly && cookie.secure && cookie.sameSite === 'Strict')
  })

  chapter(
    'an invitation is mailed, and the invited person joins as a new user in another browser',
    async () => {
      await inviteByTeamPage(adas.page, ben.email, 'Viewer')
      const mail = await waitForMail(ben.email, /accept-invitation\S*#token=/)
      await bens.page.goto(linkIn(mail, 'accept-invitation').url)
      await expectVisible(bens.page.getByText(north).first())
      await toSignUp(bens)
      const email = bens.page.getByLabel(/^e-?mail/i)
      if (await email.isEditable()) await fillSignUp(bens.page, ben)
      else await fillSignUpWithoutEmail(bens)
      await bens.page.waitForTimeout(300)
      const signIn = bens.page.getByRole('button', { name: 'Sign in', exact: true })
      const done = bens.page.getByText(`You joined ${north}`, { exact: true })
      await expectVisible(signIn.or(done).first())
      if (await signIn.isVisible()) await fillSignIn(bens.page, ben)
      await signInToApp(bens.page, app, ben)
      await expectIn(bens.page, north)
    },
  )

  chapter('each sees only their own: no other organization, no other project', async () => {
    await expectVisible(bens.page.getByText(`Secret of ${north}`, { exact: true }))
    const offered = (await offeredOrganizations(bens.page)).join('\n')
    assert.match(offered, new RegExp(north))
    assert.doesNotMatch(offered, new RegExp(south))
    await expectHidden(bens.page.getByText(`Secret of ${south}`, { exact: true }))
  })

  chapter(
    'roles gate the buttons: a viewer may look, and after a change of role a member may create',
    async () => {
      const { page } = bens
      await expectHidden(page.getByRole('button', { name: 'New project' }))
      await expectHidden(page.getByRole('button', { name: /^Actions for/ }))
      await page.getByRole('link', { name: 'Team' }).click()
      await expectVisible(page.getByText(ada.email).first())
      await expectHidden(page.getByRole('button', { name: 'Invite member' }))
      await adas.page.reload()
      await adas.page.getByRole('button', { name: /^Actions for Ben/ }).click()
      await adas.page.getByRole('menuitemradio', { name: 'Change role to Member' }).click()
      await expectVisible(adas.page.getByText(/Ben.* is now Member/).first())
      await page.goto(`${app}/`)
      await createProject(page, `Made by Ben ${suffix}`)
      await expectHidden(page.getByRole('button', { name: /^Actions for/ }))
    },
  )

  chapter('logout ends it: a reload, a second tab and the old cookie stay outside', async () => {
    const second = await adas.context.newPage()
    await second.goto(`${app}/`)
    await expectVisible(second.getByRole('heading', { name: 'Projects' }))
    const cookies = await adas.context.cookies(api)
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    await signOut(adas.page)
    await adas.page.reload()
    await expectSignedOut(adas.page)
    await second.reload()
    await expectSignedOut(second)
    await second.close()
    const answer = await request(`${api}/api/v1/auth/refresh`, {
      headers: { 'x-authstack-key': liveKey, origin: app, cookie },
      json: {},
    })
    assert.equal(answer.status, 401, answer.text)
  })

  chapter('a removed member is out of it at once', async () => {
    await signInToApp(adas.page, app, ada)
    await switchTo(adas.page, north).catch(() => expectIn(adas.page, north))
    await adas.page.getByRole('link', { name: 'Team' }).click()
    await adas.page.getByRole('button', { name: /^Actions for Ben/ }).click()
    await adas.page.getByRole('menuitem', { name: 'Remove from organization' }).click()
    await adas.page
      .getByRole('alertdialog')
      .getByRole('button', { name: 'Remove from organization' })
      .click()
    await expectVisible(adas.page.getByText(/Ben.* was removed/).first())
    await bens.page.goto(`${app}/`)
    await expectVisible(bens.page.getByLabel('Organization name'))
    await expectHidden(bens.page.getByText(`Secret of ${north}`, { exact: true }))
  })

  chapter('no page threw, logged an error or put a token into an address', () => {
    assert.deepEqual([...adas.faults, ...bens.faults], [])
  })
})

/** The invitation page offers a new account where there is none. */
async function toSignUp({ page }: Visitor): Promise<void> {
  const link = page
    .getByRole('link', { name: /create (an |your )?account/i })
    .or(page.getByRole('button', { name: /create (an |your )?account/i }))
  await expectVisible(link.first())
  if (await page.getByLabel(/^(new )?password/i).isHidden()) await link.first().click()
}

async function fillSignUpWithoutEmail({ page }: Visitor): Promise<void> {
  await page.getByLabel(/^(new )?password/i).fill(ben.password)
  const firstName = page.getByLabel(/^first name/i)
  if (await firstName.isVisible()) await firstName.fill(ben.firstName)
  await page.getByRole('button', { name: /create (an )?account|join/i }).click()
}
