import { randomUUID } from 'node:crypto'
import type { AddressObject, ParsedMail } from 'mailparser'

export type MailAddress = { Name: string; Address: string }

/** One caught mail, in Mailpit's words so that the same test tools read both. */
export type Mail = {
  ID: string
  From: MailAddress
  To: MailAddress[]
  Subject: string
  /** ISO 8601, UTC. */
  Date: string
  HTML: string
  Text: string
  Read: boolean
}

const MAILS_MAX = 500

/** The caught mails, newest first; the oldest are forgotten beyond 500. */
export class MailStore {
  #mails: Mail[] = []

  /** Keeps a parsed mail for those whom the SMTP envelope names (Bcc is in no header). */
  add(parsed: ParsedMail, recipients: string[]): Mail {
    const named = toAddresses(parsed.to)
    const mail: Mail = {
      ID: randomUUID(),
      From: toAddresses(parsed.from)[0] ?? { Name: '', Address: '' },
      To: recipients.map(
        (address) =>
          named.find((one) => sameAddress(one.Address, address)) ?? { Name: '', Address: address },
      ),
      Subject: parsed.subject ?? '',
      Date: new Date().toISOString(),
      HTML: typeof parsed.html === 'string' ? parsed.html : '',
      Text: parsed.text ?? '',
      Read: false,
    }
    this.#mails = [mail, ...this.#mails].slice(0, MAILS_MAX)
    return mail
  }

  /** All, or those that Mailpit's `to:`, `from:`, `subject:` or a plain word find. */
  list(query = ''): Mail[] {
    const terms = query.match(/(?:[^\s"]+|"[^"]*")+/g) ?? []
    return this.#mails.filter((mail) => terms.every((term) => matches(mail, term)))
  }

  /** One mail, now read; or null. */
  open(id: string): Mail | null {
    const mail = this.#mails.find((candidate) => candidate.ID === id) ?? null
    if (mail) mail.Read = true
    return mail
  }

  clear(): void {
    this.#mails = []
  }
}

function matches(mail: Mail, term: string): boolean {
  const [, field, quoted = ''] = /^(?:(to|from|subject):)?(.*)$/is.exec(term) ?? []
  const value = quoted.replaceAll('"', '').toLowerCase()
  const to = mail.To.map((one) => `${one.Name} ${one.Address}`).join(' ')
  const from = `${mail.From.Name} ${mail.From.Address}`
  const texts = {
    to,
    from,
    subject: mail.Subject,
    any: `${to} ${from} ${mail.Subject} ${mail.Text}`,
  }
  const text = texts[(field?.toLowerCase() ?? 'any') as keyof typeof texts]
  return text.toLowerCase().includes(value)
}

function toAddresses(header: AddressObject | AddressObject[] | undefined): MailAddress[] {
  const objects = header ? [header].flat() : []
  return objects.flatMap((object) =>
    object.value.map((one) => ({ Name: one.name, Address: one.address ?? '' })),
  )
}

function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
