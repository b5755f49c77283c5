import type { Mail } from './mail.ts'

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
}

/** The words of a mail, as data: HTML and text are both made of it, so they cannot differ. */
export function mailContent(mail: Mail, token: string | null, place: MailPlace): MailContent {
  const link = (page: string) => mailLink(place.pagesUrl, page, token, returnOf(mail))
  switch (mail.template) {
    case 'verify-email':
      return {
        subject: `Verify your email for ${place.name}`,
        heading: 'Verify your email',
        paragraphs: [
          `Confirm that this address is yours, and your ${place.name} account is ready.`,
          'The link works once and expires in 24 hours.',
        ],
        action: { label: 'Verify email', url: link('verify-email') },
        reason: `Somebody signed up for ${place.name} with this address. If it was not you, ignore this mail and nothing happens.`,
      }
    case 'password-reset':
      return {
        subject: `Reset your ${place.name} password`,
        heading: 'Reset your password',
        paragraphs: [
          'Choose a new password with the button below. You will be signed out everywhere.',
          'The link works once and expires in 1 hour.',
        ],
        action: { label: 'Choose a new password', url: link('reset-password') },
        reason: `Somebody asked to reset the password of your ${place.name} account. If it was not you, ignore this mail; your password stays as it is.`,
      }
    case 'password-changed':
      return {
        subject: `Your ${place.name} password was changed`,
        heading: 'Your password was changed',
        paragraphs: ['You were signed out everywhere. Sign in with the new password.'],
        action: { label: 'It was not me', url: `${place.pagesUrl}/forgot-password` },
        reason: `The password of your ${place.name} account was changed just now.`,
      }
    case 'account-exists':
      return {
        subject: `You already have a ${place.name} account`,
        heading: 'You already have an account',
        paragraphs: [
          `Somebody tried to sign up for ${place.name} with your address. There is an account already, so nothing was changed.`,
          'If it was you, sign in, or reset your password.',
        ],
        action: { label: 'Sign in', url: `${place.pagesUrl}/login` },
        reason: `Somebody entered this address in the sign-up form of ${place.name}. If it was not you, you need do nothing.`,
      }
    case 'invitation':
      return invitation(mail, link('accept-invitation'), place)
  }
}

function invitation(
  mail: Extract<Mail, { template: 'invitation' }>,
  url: string,
  place: MailPlace,
): MailContent {
  const { roleName, expiresAt } = mail.data
  const organizationName = withoutLinks(mail.data.organizationName)
  const who = withoutLinks(mail.data.inviterName ?? 'A member')
  return {
    subject: `Join ${organizationName} on ${place.name}`,
    heading: `Join ${organizationName}`,
    paragraphs: [
      `${who} invited you to ${organizationName} on ${place.name}, as ${roleName}.`,
      `The invitation is for ${mail.to} and can be accepted until ${longDate(expiresAt)}.`,
    ],
    action: { label: 'View invitation', url },
    reason: `${who} entered this address in ${place.name}. If you do not know them, ignore this mail.`,
  }
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

/**
 * Strangers are mailed these names, in the project's own name. A mail program makes a link of
 * whatever looks like an address; with a character of no width in it, it looks the same and is none.
 */
function withoutLinks(name: string): string {
  return name.replace(/([.:/@])(?=\S)/g, '$1\u200b')
}

function returnOf(mail: Mail): string | null {
  return 'returnTo' in mail.data ? (mail.data.returnTo ?? null) : null
}

function longDate(iso: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso))
}
