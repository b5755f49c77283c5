import type { en } from './en.ts'

/** Plain text with `{name}` places, or one text per plural category of the language. */
export type Message = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)

export type MessageKey = keyof (typeof en)['messages']

/** Every text of the package in one language. A missing or misspelt key does not compile. */
export interface Locale {
  /** BCP 47, e.g. `pt-BR`. */
  tag: string
  dir: 'ltr' | 'rtl'
  messages: Record<MessageKey, Message>
}
