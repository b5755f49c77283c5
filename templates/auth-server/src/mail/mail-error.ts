/**
 * Who is at fault that a mail did not leave, which decides what happens to it:
 * `recipient`: the address takes no mail, now or later; the mail is given up.
 * `settings`: a wrong key, an unknown sender, an account that may not send; it waits for the operator.
 * `temporary`: the other side is away or busy; it waits.
 */
export type MailFault = 'recipient' | 'settings' | 'temporary'

/** A provider did not take a mail. The message names no key and no address. */
export class MailError extends Error {
  readonly fault: MailFault

  constructor(fault: MailFault, message: string) {
    super(message)
    this.name = 'MailError'
    this.fault = fault
  }
}
