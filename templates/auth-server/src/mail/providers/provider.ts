/** One finished mail. */
export interface OutgoingMail {
  /** Of the outbox row: a repeat can be recognised by it. */
  id: string
  /** `Acme <no-reply@acme.com>` or the bare address. */
  from: string
  to: string
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

/** A way out for mails. Throws a `MailError` that says whose fault it is. */
export interface Provider {
  send(mail: OutgoingMail): Promise<void>
  close?(): void
}

/** Gives a secret by its name, or throws a `MailError` that says how to set it. */
export type ReadSecret = (name: string) => string

/** `Acme <no-reply@acme.com>` in its two parts. */
export function splitAddress(address: string): { name: string | null; email: string } {
  const parts = /^(.*?)\s*<([^<>]+)>$/.exec(address)
  return parts?.[2]
    ? { name: parts[1]?.replace(/^"|"$/g, '') || null, email: parts[2] }
    : { name: null, email: address }
}
