import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newVisitor, openBrowser } from '../lib/browser.ts'
import { expectVisible } from '../lib/expect-visible.ts'
import { instance } from '../lib/instance.ts'
import { expectGoodLooks, pictures } from '../lib/look.ts'
import {
  invite,
  join,
  newAddress,
  newOrganization,
  newPerson,
  type Person,
  tokenFor,
  unique,
} from '../lib/people.ts'
import { createProject, signInToApp, switcherName } from '../lib/walk.ts'

const { app } = instance()
const longName = `An Organization Whose Name Does Not Fit in Any Header Ever ${unique()}`

describe('pages of the sample app, light and dark, 360 and 1280 px', () => {
  let browser: Browser
  let page: Page
  let owner: Person
  before(async () => {
    browser = await openBrowser()
    page = (await newVisitor(browser)).page
    owner = await newPerson('owner')
  })
  after(async () => {
    await browser?.close()
    process.stdout.write(`# pictures: ${pictures}\n`)
  })

  for (const path of ['/login', '/signup', '/no-such-page']) {
    test(path, async () => {
      await page.goto(`${app}${path}`)
      await expectVisible(page.getByRole('heading', { level: 1 }).first())
      await expectGoodLooks(page, `app${path}`)
    })
  }

  test('the first visit, before there is an organization', async () => {
    await signInToApp(page, app, { ...owner, firstName: '' })
    await expectVisible(page.getByLabel('Organization name'))
    await expectGoodLooks(page, 'app/first-organization')
  })

  test('projects: empty, then filled, with a dialog', async () => {
    const { id } = await newOrganization(owner, longName)
    await newOrganization(owner, `Other ${unique()}`)
    const ownerToken = await tokenFor(owner, id)
    const guest = await newPerson('guest')
    await join(ownerToken, id, guest)
    await invite(ownerToken, id, newAddress('an-invited-person-with-a-long-address'), 'viewer')
    await page.goto(app)
    await page.getByRole('button', { name: switcherName }).click()
    await expectGoodLooks(page, 'app/switcher')
    await page.getByText(longName).last().click()
    await expectVisible(page.getByRole('heading', { name: 'Projects' }))
    await expectGoodLooks(page, 'app/projects-empty')
    for (const name of ['Website', 'x'.repeat(80)]) await createProject(page, name)
    await expectGoodLooks(page, 'app/projects')
    await page.getByRole('button', { name: 'New project' }).click()
    await expectVisible(page.getByRole('dialog'))
    await expectGoodLooks(page, 'app/new-project')
    await page.keyboard.press('Escape')
  })

  test('team, with its menu and the invitation dialog', async () => {
    await page.getByRole('link', { name: 'Team' }).click()
    await expectVisible(page.getByText(owner.email).first())
    await expectVisible(page.getByText('an-invited-person').first())
    await expectGoodLooks(page, 'app/team')
    await page.getByRole('button', { name: /^Actions for Guest/ }).click()
    await expectGoodLooks(page, 'app/team-menu')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Invite member' }).click()
    await expectVisible(page.getByRole('dialog'))
    await expectGoodLooks(page, 'app/team-invite')
    await page.keyboard.press('Escape')
  })

  test('settings, and the account menu', async () => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await expectVisible(page.getByRole('heading', { name: 'Organization' }).first())
    await expectGoodLooks(page, 'app/settings')
    await page.getByRole('button', { name: /^Account menu/ }).click()
    await expectGoodLooks(page, 'app/account-menu')
  })
})
