import type { SignupField } from '../core/types.ts'
import type { FormErrors, FormValues } from '../hooks/use-form.ts'
import { useText } from '../hooks/use-text.ts'
import { CheckboxField } from './ui/checkbox-field.tsx'
import { EmailField } from './ui/email-field.tsx'
import { Field } from './ui/field.tsx'
import { PasswordField } from './ui/password-field.tsx'
import { SelectField } from './ui/select-field.tsx'

interface SignupFieldsProps {
  fields: SignupField[]
  errors: FormErrors
  initialEmail?: string
  isEmailFixed: boolean
  minLength: number
}

export function SignupFields(props: SignupFieldsProps) {
  const { fields, errors, initialEmail, isEmailFixed, minLength } = props
  const { text } = useText()
  return (
    <>
      <div className="as-pair">
        <Field
          name="firstName"
          label={text('field.firstName')}
          autoComplete="given-name"
          error={errors.firstName}
        />
        <Field
          name="lastName"
          label={text('field.lastName')}
          autoComplete="family-name"
          error={errors.lastName}
        />
      </div>
      <EmailField defaultValue={initialEmail} readOnly={isEmailFixed} error={errors.email} />
      {fields.map((field) => (
        <OwnField key={field.name} field={field} error={errors[`fields.${field.name}`]} />
      ))}
      <PasswordField
        name="password"
        label={text('field.password')}
        hint={text('field.passwordHint', { count: minLength })}
        autoComplete="new-password"
        error={errors.password}
        required
      />
    </>
  )
}

/** One field of the project's settings. */
function OwnField({ field, error }: { field: SignupField; error?: string }) {
  const { text } = useText()
  const common = { name: `fields.${field.name}`, label: field.label, error }
  if (field.type === 'checkbox') return <CheckboxField {...common} required={field.required} />
  if (field.type === 'select') {
    return (
      <SelectField {...common} required={field.required} defaultValue="">
        <option value="">{text('field.choose')}</option>
        {(field.options ?? []).map((option) => (
          <option key={option}>{option}</option>
        ))}
      </SelectField>
    )
  }
  const isPhone = field.type === 'phone'
  return (
    <Field
      {...common}
      type={isPhone ? 'tel' : 'text'}
      autoComplete={isPhone ? 'tel' : undefined}
      isOptional={!field.required}
      required={field.required}
    />
  )
}

/** What a field sends: nothing when it was left empty. */
export function fieldValue(field: SignupField, values: FormValues): unknown {
  const value = values[`fields.${field.name}`]
  if (field.type === 'checkbox') return value === 'on'
  return value?.trim() || undefined
}
