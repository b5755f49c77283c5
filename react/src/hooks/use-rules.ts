import { useConfig } from './use-config.ts'
import { useText } from './use-text.ts'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const DEFAULT_POLICY = { minLength: 12, maxBytes: 72 }

/** What a form can say before asking the server, in the person's language. */
export function useRules() {
  const { text } = useText()
  const policy = useConfig().data?.passwordPolicy ?? DEFAULT_POLICY
  return {
    policy,
    required: (value: string | undefined) =>
      value?.trim() ? undefined : text('error.field.required'),
    email: (value: string | undefined) =>
      EMAIL.test(value?.trim() ?? '') ? undefined : text('error.field.email'),
    newPassword(value: string | undefined) {
      const password = value ?? ''
      if ([...password].length < policy.minLength) {
        return text('error.field.passwordShort', { count: policy.minLength })
      }
      // bcrypt reads 72 bytes: a longer password would be cut, so it is refused.
      if (new TextEncoder().encode(password).length > policy.maxBytes) {
        return text('error.field.passwordLong', { count: policy.maxBytes })
      }
      return undefined
    },
  }
}
