import { useState } from 'react'
import type { AuthStackError } from '../core/authstack-error.ts'
import type { SignupData, SignupField } from '../core/types.ts'
import { useAuth } from '../hooks/use-auth.ts'
import { type FormValues, useForm } from '../hooks/use-form.ts'
import { useRules } from '../hooks/use-rules.ts'
import { fieldValue } from './signup-fields.tsx'

interface SignupOptions {
  fields: SignupField[]
  invitationToken?: string
  onSuccess?: () => void
  onError?: (error: AuthStackError) => void
}

/** The form's state and what sending it does: a mail to wait for, or signed in by the invitation. */
export function useSignup({ fields, invitationToken, onSuccess, onError }: SignupOptions) {
  const { signup, login } = useAuth()
  const rules = useRules()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useForm({
    validate: (values) => ({
      email: rules.email(values.email),
      password: rules.newPassword(values.password),
      ...Object.fromEntries(
        fields.map(({ name, required }) => [
          `fields.${name}`,
          required ? rules.required(values[`fields.${name}`]) : undefined,
        ]),
      ),
    }),
    async action(values) {
      const data = { ...dataOf(values), invitationToken }
      for (const field of fields) {
        const value = fieldValue(field, values)
        if (value !== undefined) data.fields = { ...data.fields, [field.name]: value }
      }
      const { status } = await signup(data)
      if (status !== 'verified') return setSentTo(data.email)
      await login(data.email, data.password)
      onSuccess?.()
    },
    onError,
  })
  return { form, sentTo, minLength: rules.policy.minLength }
}

function dataOf({ email = '', password = '', firstName, lastName }: FormValues): SignupData {
  return {
    email: email.trim(),
    password,
    ...(firstName?.trim() ? { firstName: firstName.trim() } : {}),
    ...(lastName?.trim() ? { lastName: lastName.trim() } : {}),
  }
}
