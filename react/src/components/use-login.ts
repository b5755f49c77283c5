import { useState } from 'react'
import { type AuthStackError, isAuthStackError } from '../core/authstack-error.ts'
import { useAuth } from '../hooks/use-auth.ts'
import { useForm } from '../hooks/use-form.ts'
import { useRules } from '../hooks/use-rules.ts'

interface LoginOptions {
  onSuccess?: () => void
  onError?: (error: AuthStackError) => void
}

/** The form's state and what sending it does. `unverified`: the address that still has to be proved. */
export function useLogin({ onSuccess, onError }: LoginOptions) {
  const { login } = useAuth()
  const rules = useRules()
  const [unverified, setUnverified] = useState<string | null>(null)
  const form = useForm({
    validate: (values) => ({
      email: rules.email(values.email),
      password: rules.required(values.password),
    }),
    async action({ email = '', password = '' }) {
      setUnverified(null)
      try {
        await login(email.trim(), password)
      } catch (error) {
        if (!isAuthStackError(error) || error.code !== 'email_not_verified') throw error
        return setUnverified(email.trim())
      }
      onSuccess?.()
    },
    onError,
  })
  return { form, unverified }
}
