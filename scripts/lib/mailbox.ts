import { setTimeout as sleep } from 'node:timers/promises'

type Found = { messages: { ID: string; Subject: string }[] }
type Message = { ID: string; Subject: string; Text: string; HTML: string }

type Options = {
  /** Which mails count, by their id; all by default. */
  isNew?: (id: string) => boolean
  timeoutSeconds?: number
}

const pollMilliseconds = 250

/**
 * The token of the newest mail to `address` whose text links to `page` (`verify-email`, `accept-invitation`,
 * `reset-password`). Waits for the mail, since the outbox sends it a moment after the request was answered.
 */
export async function readMailToken(
  mailbox: string,
  address: string,
  page: string,
  { isNew = () => true, timeoutSeconds = 30 }: Options = {},
): Promise<string> {
  const link = new RegExp(`/${page}#token=([A-Za-z0-9._~%-]+)`)
  const deadline = Date.now() + timeoutSeconds * 1000
  while (Date.now() < deadline) {
    for (const { ID } of await findMails(mailbox, address)) {
      if (!isNew(ID)) continue
      const message = await getJson<Message>(`${mailbox}/api/v1/message/${encodeURIComponent(ID)}`)
      const token = link.exec(message.Text)?.[1]
      if (token) return decodeURIComponent(token)
    }
    await sleep(pollMilliseconds)
  }
  throw new Error(`no mail to ${address} with a /${page} link came within ${timeoutSeconds} s`)
}

/** Mails to one address, newest first. */
export async function findMails(mailbox: string, address: string): Promise<Found['messages']> {
  const query = encodeURIComponent(`to:${address}`)
  return (await getJson<Found>(`${mailbox}/api/v1/search?query=${query}`)).messages
}

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}`)
  return (await response.json()) as T
}
