import assert from 'node:assert/strict'
import { after, before, describe } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { keepPicture, newVisitor, openBrowser, type Visitor } from '../lib/browser.ts'
import { expectHidden, expectVisible } from '../lib/expect-visible.ts'
import { instance } from '../lib/instance.ts'
import { newOrganization, newPerson, type Person, unique } from '../lib/people.ts'
import { tellStory } from '../lib/story.ts'
import {
  createProject,
  expectIn,
  expectSignedOut,
  signInToApp,
  signOut,
  switcherName,
  switchTo,
} from '../lib/walk.ts'

const { app } = instance()

describe('two tabs of one person', () => {
  const suffix = unique()
  const [red, blue] = [`Red ${suffix}`, `Blue ${suffix}`]
  let browser: Browser
  let visitor: Visitor
  let left: Page
  let right: Page
  let person: Person
  before(async () => {
    person = await newPerson('tabs')
    await newOrganization(person, red)
    await newOrganization(person, blue)
    browser = await openBrowser()
    visitor = await newVisitor(browser)
    left = visitor.page
    await signInToApp(left, app, { ...person, firstName: 'Tabs' })
    await expectVisible(left.getByRole('heading', { name: 'Projects' }))
    right = await visitor.context.newPage()
    await right.goto(app)
    await expectVisible(right.getByRole('heading', { name: 'Projects' }))
  })
  after(() => browser?.close())
  const chapter = tellStory(async (name) => {
    await keepPicture(left, `left-${name}`)
    await keepPicture(right, `right-${name}`)
  })

  chapter('each works in its own organization at the same time', async () => {
    await switchIfNeeded(left, red)
    await switchIfNeeded(right, blue)
    await createProject(left, `Left ${suffix}`)
    await createProject(right, `Right ${suffix}`)
    await expectIn(left, red)
    await expectHidden(left.getByText(`Right ${suffix}`, { exact: true }))
    await expectHidden(right.getByText(`Left ${suffix}`, { exact: true }))
  })

  chapter('reloading both at once keeps both, and signs nobody out', async () => {
    await Promise.all([left.reload(), right.reload()])
    await expectIn(left, red)
    await expectIn(right, blue)
    await expectVisible(left.getByText(`Left ${suffix}`, { exact: true }))
    await expectVisible(right.getByText(`Right ${suffix}`, { exact: true }))
    await expectHidden(left.getByText(`Right ${suffix}`, { exact: true }))
  })

  chapter('signing out in one signs out the other, without a click there', async () => {
    await signOut(left)
    await expectSignedOut(right)
    await right.goto(app)
    await expectSignedOut(right)
  })

  chapter('no page threw or logged an error', () => {
    assert.deepEqual(visitor.faults, [])
  })
})

async function switchIfNeeded(page: Page, name: string): Promise<void> {
  const current = page.getByRole('button', { name: switcherName })
  await expectVisible(current)
  if (!(await current.filter({ hasText: name }).isVisible())) await switchTo(page, name)
}
