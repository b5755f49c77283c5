import Bowser from 'bowser'

/**
 * "Firefox on Windows" out of a user agent, without versions: an update of the browser is no new
 * device. A program is its own name. Null when nothing was sent.
 */
export function nameDevice(userAgent: string | null | undefined): string | null {
  if (!userAgent) return null
  const { browser, os } = Bowser.parse(userAgent)
  if (browser.name && os.name) return `${browser.name} on ${os.name}`
  return /^[\w.-]{1,40}/.exec(userAgent)?.[0] ?? null
}
