import { readdir } from 'node:fs/promises'
import type { Mail, MailTemplate } from './mail.ts'
import type { MailContent, MailPlace } from './mail-content.ts'
import { wordsOf } from './words/words-of.ts'

/**
 * The customer's own words for a mail: `extensions/mails/<template>.ts` default-exports a function
 * that gets the built-in content and gives the one to send.
 *
 * @example
 * export default (content, mail, place) => ({ ...content, subject: `Welcome to ${place.name}` })
 */
export type OwnWords = (content: MailContent, mail: Mail, place: MailPlace) => MailContent

/** Every mail there is: what the English words are written for. */
const templates = Object.keys(wordsOf('en').mails) as MailTemplate[]

/** Loads them at the start: a fault stops the server with the file's name, not a mail at night. */
export async function loadOwnWords(
  folder = new URL('../../extensions/mails/', import.meta.url),
): Promise<Partial<Record<MailTemplate, OwnWords>>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) =>
    /^(?!.*\.test\.)[\w-]+\.ts$/.test(name),
  )
  const own: Partial<Record<MailTemplate, OwnWords>> = {}
  for (const name of names) {
    const template = templates.find((one) => `${one}.ts` === name)
    if (!template) {
      throw new Error(`extensions/mails/${name} is no mail; there are ${templates.join(', ')}`)
    }
    const module = (await import(new URL(name, folder).href)) as { default?: OwnWords }
    if (typeof module.default !== 'function') {
      throw new Error(`extensions/mails/${name} must default-export a function`)
    }
    own[template] = module.default
  }
  return own
}
