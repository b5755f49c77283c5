import type { MailData, MailTemplate } from '../mail.ts'

/** The words of one mail. The address of the button is not theirs to say. */
export interface Words {
  subject: string
  heading: string
  paragraphs: string[]
  /** On the button, when the mail has one. */
  button?: string
  /** Why you get this mail. */
  reason: string
}

/** What every mail may speak of. */
export interface About {
  /** The product's name. */
  name: string
  to: string
  /** A date in words: "1 December 2026". */
  date(iso: string): string
  /** With the time of day, in UTC. */
  time(iso: string): string
}

/** One language. A mail that a language lacks does not compile. */
export type MailWords = {
  mails: { [T in MailTemplate]: (data: MailData[T], about: About) => Words }
  orOpen: string
  sentBy(name: string): string
}
