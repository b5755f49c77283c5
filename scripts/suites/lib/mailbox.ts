import { setTimeout as sleep } from 'node:timers/promises'
import { instance } from './instance.ts'
import { request } from './request.ts'

/** A caught mail. */
export type Mail = { id: string; subject: string; text: string; html: string }

/** All mails to one address, newest first. */
export async function mailsTo(address: string): Promise<Mail[]> {
  const base = `${instance().mailbox}/api/v1`
  const found = await request(`${base}/search?query=${encodeURIComponent(`to:${address}`)}`)
  if (found.status !== 200) throw new Error(`mailbox search: ${found.status} ${found.text}`)
  const mails: Mail[] = []
  for (const row of found.body.messages) {
    const mail = (await request(`${base}/message/${row.ID}`)).body
    mails.push({ id: mail.ID, subject: mail.Subject, text: mail.Text, html: mail.HTML })
  }
  return mails
}

/** Waits (at most 15 s) for a mail to the address whose text matches, and that is not among `seen`. */
export async function waitForMail(
  address: string,
  matching: RegExp,
  seen: ReadonlySet<string> = new Set(),
): Promise<Mail> {
  const deadline = Date.now() + 15_000
  for (;;) {
    const mails = await mailsTo(address)
    const mail = mails.find((one) => !seen.has(one.id) && matching.test(one.text))
    if (mail) return mail
    if (Date.now() > deadline) {
      const subjects = mails.map((one) => one.subject).join(', ') || 'none'
      throw new Error(`No mail matching ${matching} to ${address} in 15 s (there: ${subjects})`)
    }
    await sleep(150)
  }
}

/** The link of a mail that opens this page, and its token, which travels in the fragment only. */
export function linkIn(mail: Mail, page: string): { url: string; token: string } {
  const found = mail.text.match(new RegExp(`(https?://\\S*/${page}\\S*?#token=([\\w.~-]+))`))
  if (!found?.[1] || !found[2]) throw new Error(`No ${page} link in the mail:\n${mail.text}`)
  return { url: found[1], token: found[2] }
}

/** Waits for the mail with this page's link and gives its token. */
export async function mailedToken(
  address: string,
  page: 'verify-email' | 'reset-password' | 'accept-invitation',
  seen?: ReadonlySet<string>,
): Promise<string> {
  return linkIn(await waitForMail(address, new RegExp(`/${page}\\S*#token=`), seen), page).token
}
