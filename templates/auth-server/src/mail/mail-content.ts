import type { Mail, MailData, MailTemplate } from './mail.ts'
import type { MailWords, Words } from './words/mail-words.ts'
import { languageOf, wordsOf } from './words/words-of.ts'

export interface MailContent {
  subject: string
  heading: string
  paragraphs: string[]
  /** The one button; its link stands below it in full. */
  action: { label: string; url: string } | null
  /** Why you get this mail. */
  reason: string
}

export interface MailPlace {
  /** The product's name, from the settings. */
  name: string
  /** Origin and path of the hosted pages: `https://auth.example.com` or `.../test`. */
  pagesUrl: string
  /** Language of the words; English when it is not given. */
  locale?: string
}

/** The page behind each button. */
const pages: Record<MailTemplate, string | null> = {
  'verify-email': 'verify-email',
  'password-reset': 'reset-password',
  'password-changed': 'forgot-password',
  'account-exists': 'login',
  invitation: 'accept-invitation',
  'new-device': 'forgot-password',
  'security-alert': null,
  'payment-failed': 'organization',
  'plan-ended': 'organization',
  'trial-ending': 'organization',
  'usage-warning': 'organization',
  'organization-deleted': null,
  'organization-restored': 'organization',
  'ownership-transferred': 'organization',
  'mail-test': null,
}

/** The words of a mail, as data: HTML and text are both made of it, so they cannot differ. */
export function mailContent(mail: Mail, token: string | null, place: MailPlace): MailContent {
  const { button, ...words } = say(mail, place)
  const page = pages[mail.template]
  if (!page || !button) return { ...words, action: null }
  const url = mailLink(place.pagesUrl, page, token, returnOf(mail))
  return { ...words, action: { label: button, url } }
}

function say(mail: Mail, { name, locale = 'en' }: MailPlace): Words {
  const { mails }: MailWords = wordsOf(locale)
  const about = {
    name,
    to: mail.to,
    date: (iso: string) => inWords(iso, locale, { dateStyle: 'long' }),
    time: (iso: string) => `${inWords(iso, locale, { dateStyle: 'long', timeStyle: 'short' })} UTC`,
  }
  const write = mails[mail.template] as (data: MailData[MailTemplate], to: typeof about) => Words
  return write(withCountry(plain(mail.data), locale), about)
}

/**
 * The token stands in the fragment: browsers send that to no server, so no log and no Referer holds it,
 * and a scanner that opens the link spends nothing.
 */
function mailLink(
  pagesUrl: string,
  page: string,
  token: string | null,
  returnTo: string | null,
): string {
  const query = returnTo ? `?return=${encodeURIComponent(returnTo)}` : ''
  return `${pagesUrl}/${page}${query}${token ? `#token=${encodeURIComponent(token)}` : ''}`
}

/** What people chose themselves, and others read in a mail. */
const names = new Set([
  'organizationName',
  'inviterName',
  'byName',
  'otherName',
  'roleName',
  'device',
])

/**
 * Strangers are mailed these names, in the project's own name. A mail program makes a link of
 * whatever looks like an address; with a character of no width in it, it looks the same and is none.
 */
function plain<D extends object>(data: D): D {
  const safe = Object.entries(data).map(([key, value]) => [
    key,
    names.has(key) && typeof value === 'string'
      ? value.replace(/([.:/@])(?=\S)/g, '$1\u200b')
      : value,
  ])
  return Object.fromEntries(safe) as D
}

/** `PT` as the language calls it; a name that is one already stays. */
function withCountry<D extends object>(data: D, locale: string): D {
  if (!('country' in data && /^[A-Z]{2}$/.test(String(data.country)))) return data
  const names = new Intl.DisplayNames(languageOf(locale), { type: 'region' })
  return { ...data, country: names.of(String(data.country)) }
}

function returnOf(mail: Mail): string | null {
  return 'returnTo' in mail.data ? (mail.data.returnTo ?? null) : null
}

function inWords(iso: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(languageOf(locale), { ...options, timeZone: 'UTC' }).format(
    new Date(iso),
  )
}
