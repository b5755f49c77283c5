import type { Locator } from 'playwright-core'

/** Waits until one element is there to see, or fails naming what was looked for. */
export async function expectVisible(locator: Locator, timeout = 20_000): Promise<void> {
  await locator.waitFor({ state: 'visible', timeout })
}

/** Waits until no such element is to be seen. */
export async function expectHidden(locator: Locator, timeout = 20_000): Promise<void> {
  await locator.waitFor({ state: 'hidden', timeout })
}
