import type { Page } from 'playwright-core'
import { expectHidden, expectVisible } from './expect-visible.ts'
import { linkIn, waitForMail } from './mailbox.ts'

/** Somebody with a mailbox and a keyboard. */
export type Somebody = { email: string; password: string; firstName: string }

/** Fills and sends the sign-up form on the page that is open. */
export async function fillSignUp(page: Page, who: Somebody): Promise<void> {
  await page.getByLabel(/^e-?mail/i).fill(who.email)
  await page.getByLabel(/^(new )?password/i).fill(who.password)
  const firstName = page.getByLabel(/^first name/i)
  if (await firstName.isVisible()) await firstName.fill(who.firstName)
  const lastName = page.getByLabel(/^last name/i)
  if (await lastName.isVisible()) await lastName.fill('Tester')
  await page.getByRole('button', { name: /^create (an )?account$/i }).click()
}

/** Fills and sends the sign-in form on the page that is open. */
export async function fillSignIn(page: Page, who: Somebody): Promise<void> {
  await page.getByLabel(/^e-?mail/i).fill(who.email)
  await page.getByLabel(/^password/i).fill(who.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Signs up in the app, opens the mailed link in the same browser and confirms the address. */
export async function signUpInApp(page: Page, app: string, who: Somebody): Promise<void> {
  await page.goto(`${app}/signup`)
  await fillSignUp(page, who)
  await expectVisible(page.getByRole('heading', { name: 'Check your email' }))
  await confirmAddress(page, who)
}

/** Follows the mail and clicks: opening alone must spend nothing, since mail scanners open links. */
export async function confirmAddress(page: Page, who: Somebody): Promise<void> {
  const { url } = linkIn(await waitForMail(who.email, /verify-email\S*#token=/), 'verify-email')
  await page.goto(url)
  await page.getByRole('button', { name: 'Verify and continue' }).click()
  await expectVisible(page.getByRole('heading', { name: 'Email verified' }))
}

/** Signs in on the app's own form and waits for the page behind it. */
export async function signInToApp(page: Page, app: string, who: Somebody): Promise<void> {
  await page.goto(`${app}/login`)
  await fillSignIn(page, who)
  await page.waitForURL((url) => url.pathname !== '/login')
}

/** Creates an organization: on the first visit by the page that asks for one, later by the switcher. */
export async function createOrganization(page: Page, name: string): Promise<void> {
  const field = page.getByLabel('Organization name')
  const switcher = page.getByRole('button', { name: switcherName })
  await expectVisible(field.or(switcher).first())
  if (!(await field.isVisible())) {
    await switcher.click()
    await page.getByRole('button', { name: 'Create organization' }).first().click()
  }
  await field.fill(name)
  await page.getByRole('button', { name: 'Create organization' }).last().click()
  await expectIn(page, name)
}

export const switcherName = /^(Current organization|Switch organization)/

/** The header says that this organization is the current one. */
export async function expectIn(page: Page, name: string): Promise<void> {
  await expectVisible(
    page.getByRole('button', { name: switcherName }).filter({ hasText: name }),
    20_000,
  )
}

/** Chooses another organization in the header. */
export async function switchTo(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: switcherName }).click()
  await choices(page).filter({ hasText: name }).click()
  await expectIn(page, name)
}

/** Names that the switcher offers. */
export async function offeredOrganizations(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: switcherName }).click()
  await expectVisible(choices(page).first())
  const names = await choices(page).allInnerTexts()
  await page.keyboard.press('Escape')
  return names
}

function choices(page: Page) {
  const switcher = page.locator('[data-component="organization-switcher"]')
  return switcher.getByRole('listitem').getByRole('button')
}

/** Makes a project on the app's home page. */
export async function createProject(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create project' }).click()
  await expectVisible(page.getByText(name, { exact: true }))
}

/** Invites by the team page. */
export async function inviteByTeamPage(page: Page, email: string, role: string): Promise<void> {
  await page.getByRole('link', { name: 'Team' }).click()
  await page.getByRole('button', { name: 'Invite member' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Email').fill(email)
  await dialog.getByLabel('Role').selectOption({ label: role })
  await dialog.getByRole('button', { name: 'Send invitation' }).click()
  await expectVisible(dialog.getByText(`Invitation sent to ${email}`).first())
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expectHidden(dialog)
  await expectVisible(page.getByText(email).first())
}

/** Signs out by the account menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account menu/ }).click()
  await page
    .getByRole('menuitem', { name: 'Sign out' })
    .or(page.getByRole('button', { name: 'Sign out' }))
    .click()
  await expectSignedOut(page)
}

/** The app asks for a sign-in. */
export async function expectSignedOut(page: Page): Promise<void> {
  await page.waitForURL((url) => url.pathname === '/login')
  await expectVisible(page.getByLabel(/^password/i))
}
