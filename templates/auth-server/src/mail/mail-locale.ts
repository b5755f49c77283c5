import Negotiator from 'negotiator'
import type { PublicContext } from '../http/context.ts'

/**
 * The language of the settings that the caller's browser likes best; the first of the settings when
 * it says nothing or likes none of them.
 */
export function mailLocale({
  services,
  header,
}: Pick<PublicContext, 'header'> & {
  services: { settings: { locales: string[] } }
}): string {
  const { locales } = services.settings
  const negotiator = new Negotiator({
    headers: { 'accept-language': header('accept-language') ?? '*' },
  })
  return negotiator.language(locales) ?? (locales[0] as string)
}

/** As `mailLocale`, or null when the caller's program says nothing of a language. */
export function wishedLocale(context: Parameters<typeof mailLocale>[0]): string | null {
  return context.header('accept-language') ? mailLocale(context) : null
}
