import Bowser from 'bowser'

/** For a user agent that it does not know, Bowser takes the words of whoever sent it for the name. */
const known = new Set(Object.values(Bowser.BROWSER_MAP))

/**
 * "Firefox on Windows" out of a user agent, without versions: an update of the browser is no new
 * device. A program is its own name. Null when nothing was sent.
 *
 * It stands in mails to others, so it is one of the names that we know, or a word without a dot: else
 * somebody could write a letter with a link by signing in.
 */
export function nameDevice(userAgent: string | null | undefined): string | null {
  if (!userAgent) return null
  const { browser, os } = Bowser.parse(userAgent)
  if (browser.name && known.has(browser.name) && os.name) return `${browser.name} on ${os.name}`
  return /^[A-Za-z][\w-]{0,39}(?=[/ ]|$)/.exec(userAgent)?.[0] ?? null
}
