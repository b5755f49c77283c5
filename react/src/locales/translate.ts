import type { Locale, MessageKey } from './message.ts'

export type Values = Record<string, string | number>

/** The text of `key` with its places filled; `count` chooses the plural by the language's rules. */
export function translate(locale: Locale, key: MessageKey, values: Values = {}): string {
  const message = locale.messages[key]
  const text =
    typeof message === 'string'
      ? message
      : (message[new Intl.PluralRules(locale.tag).select(Number(values.count ?? 0))] ??
        message.other)
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place))
}
