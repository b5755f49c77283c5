import { useMemo } from 'react'
import type { AuthStackError } from '../core/authstack-error.ts'
import type { MessageKey } from '../locales/message.ts'
import { translate, type Values } from '../locales/translate.ts'
import { useAuthStack } from './context.ts'

/** The texts of the provider's language. */
export function useText() {
  const { locale } = useAuthStack()
  return useMemo(() => {
    const text = (key: MessageKey, values?: Values) => translate(locale, key, values)
    return {
      locale,
      text,
      /** In words for the person; an unknown code shows what the server said. */
      errorText(error: AuthStackError): string {
        const key = `error.${error.code}`
        const origin = typeof window === 'undefined' ? '' : window.location.origin
        if (key in locale.messages) return text(key as MessageKey, { origin })
        return error.status > 0 && error.status < 500 ? error.detail : text('error.unexpected')
      },
    }
  }, [locale])
}
