import { de } from './de.ts'
import { en } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import type { MailWords } from './mail-words.ts'

const languages: Record<string, MailWords> = { en, de, es, fr }

/** Languages that mails are written in; a locale of the settings beyond these gets English. */
export const mailLanguages: readonly string[] = Object.keys(languages)

/** The words for a locale: `de-AT` gets `de`. */
export function wordsOf(locale: string): MailWords {
  return languages[locale.slice(0, 2)] ?? en
}

/** The language that the words for a locale are really in: what a screen reader is told. */
export function languageOf(locale: string): string {
  return locale.slice(0, 2) in languages ? locale : 'en'
}
