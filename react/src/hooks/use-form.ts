import { type FormEvent, useEffect, useRef, useState } from 'react'
import { type AuthStackError, toAuthStackError } from '../core/authstack-error.ts'
import { useText } from './use-text.ts'

export type FormValues = Record<string, string>
export type FormErrors = Record<string, string | undefined>

interface FormOptions {
  /** Messages by field name for what can be known before asking the server. */
  validate?: (values: FormValues) => FormErrors
  action: (values: FormValues) => Promise<void>
  onError?: (error: AuthStackError) => void
}

/**
 * One form: checks, sends once, puts each refused input's words beside it and the focus into the
 * first. `failure` is what belongs to no field.
 */
export function useForm({ validate, action, onError }: FormOptions) {
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<FormErrors>({})
  const [failure, setFailure] = useState<AuthStackError | null>(null)
  const [isBusy, setBusy] = useState(false)
  const { errorText } = useText()

  useEffect(() => {
    if (Object.values(errors).some(Boolean)) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
    }
  }, [errors])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const values = valuesOf(event.currentTarget)
    const found = validate?.(values) ?? {}
    setErrors(found)
    setFailure(null)
    if (Object.values(found).some(Boolean)) return
    setBusy(true)
    try {
      await action(values)
    } catch (cause) {
      const error = toAuthStackError(cause)
      const refused: FormErrors = {}
      for (const one of error.errors) {
        const name = one.pointer.replace(/^\//, '').replaceAll('/', '.')
        if (name in values) refused[name] = one.message
      }
      setErrors(refused)
      if (Object.keys(refused).length === 0) setFailure(error)
      onError?.(error)
    } finally {
      setBusy(false)
    }
  }

  return {
    form,
    errors,
    setErrors,
    failure,
    failureText: failure && errorText(failure),
    isBusy,
    submit,
  }
}

function valuesOf(form: HTMLFormElement): FormValues {
  const values: FormValues = {}
  for (const [name, value] of new FormData(form)) values[name] = String(value)
  return values
}
