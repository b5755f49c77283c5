import { type MessageKey, useAuthStack } from '@authstack/react'
import { useCallback } from 'react'

/** A sentence of @authstack/react's own catalogue, in the language of the provider, so both speak alike. */
export function usePackageText(): (key: MessageKey, values?: Record<string, string>) => string {
  const { locale } = useAuthStack()
  return useCallback(
    (key, values = {}) => {
      const message = locale.messages[key]
      const text = typeof message === 'string' ? message : message.other
      return text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
    },
    [locale],
  )
}
