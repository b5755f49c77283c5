import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { newVisitor, openBrowser } from '../lib/browser.ts'
import { expectVisible } from '../lib/expect-visible.ts'
import { instance } from '../lib/instance.ts'
import { expectGoodLooks, pictures } from '../lib/look.ts'

const { api } = instance()

describe('the API reference, light and dark, 360 and 1280 px', () => {
  let browser: Browser
  let page: Page
  let faults: string[]
  before(async () => {
    browser = await openBrowser()
    const visitor = await newVisitor(browser)
    page = visitor.page
    faults = visitor.faults
  })
  after(async () => {
    await browser?.close()
    process.stdout.write(`# pictures: ${pictures}\n`)
  })
  const open = async (hash = '') => {
    await page.goto('about:blank')
    await page.goto(`${api}/api/v1/reference${hash}`)
    await expectVisible(page.getByRole('heading', { level: 1 }))
  }

  test('closed, it is a list by resource', async () => {
    await open()
    await expectVisible(page.getByRole('heading', { level: 2, name: 'Members' }))
    await expectGoodLooks(page, 'reference')
  })

  test('an address that names an operation opens it: who, shapes, problems', async () => {
    await open('#createInvitation')
    await expectVisible(page.getByText('with the permission members:invite').first())
    // The others are as they were; axe takes its time for each.
    await page.getByLabel('Filter').fill('/invitations members:invite')
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('details')) one.open = true
    })
    await expectGoodLooks(page, 'reference-open')
  })

  test('the filter finds by path, verb and permission, by the keyboard, and says when nothing fits', async () => {
    await open()
    const shown = () => page.locator('.operation:visible').count()
    const all = await shown()
    await page.getByLabel('Filter').fill('members:invite post')
    const found = await shown()
    assert.ok(found >= 2 && found < all, `${found} of ${all}`)
    await page.getByLabel('Filter').press('Tab')
    await page.keyboard.press('Enter')
    await expectVisible(page.locator('dt:visible').first())
    await page.getByLabel('Filter').fill('no such thing')
    await expectVisible(page.getByText('No operation holds these words.'))
    await expectGoodLooks(page, 'reference-none')
    assert.deepEqual(faults, [], 'the policy stopped something, or the script failed')
  })
})
