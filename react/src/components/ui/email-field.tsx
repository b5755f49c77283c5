import { useText } from '../../hooks/use-text.ts'
import { Field, type FieldProps } from './field.tsx'

type EmailFieldProps = Partial<FieldProps>

/** The address that a person signs in with: no capital, no spelling help, the right keyboard. */
export function EmailField(props: EmailFieldProps) {
  const { text } = useText()
  return (
    <Field
      name="email"
      type="email"
      label={text('field.email')}
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      required
      {...props}
    />
  )
}
