import type { Organization } from '../core/types.ts'
import { useForm } from '../hooks/use-form.ts'
import { useOrganizations } from '../hooks/use-organizations.ts'
import { useRules } from '../hooks/use-rules.ts'
import { useText } from '../hooks/use-text.ts'
import type { FormProps } from './form-props.ts'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'
import { Field } from './ui/field.tsx'
import { Root } from './ui/root.tsx'

export interface CreateOrganizationProps extends Omit<FormProps, 'onSuccess'> {
  /** Called with the new organization, of which this tab is now in. */
  onCreated?: (organization: Organization) => void
  /** Takes the place of the built-in call: create it yourself with the name. */
  onSubmit?: (name: string) => Promise<unknown> | unknown
  onCancel?: () => void
  /** `card` (default) stands alone; `plain` goes into your own layout. */
  variant?: 'card' | 'plain'
}

/** Makes a new organization with the person as its owner. The instance makes its address. */
export function CreateOrganization(props: CreateOrganizationProps) {
  const { className, onCreated, onSubmit, onCancel, onError, variant = 'card' } = props
  const { create } = useOrganizations()
  const { text } = useText()
  const rules = useRules()
  const form = useForm({
    validate: (values) => ({ name: rules.required(values.name) }),
    async action({ name = '' }) {
      if (onSubmit) {
        await onSubmit(name.trim())
        return
      }
      const made = await create({ name: name.trim() })
      onCreated?.(made)
    },
    onError,
  })
  const content = (
    <>
      {form.failureText && <Alert>{form.failureText}</Alert>}
      <form ref={form.form} className="as-form" noValidate onSubmit={form.submit}>
        <Field
          name="name"
          label={text('organization.name')}
          autoComplete="organization"
          maxLength={80}
          error={form.errors.name}
          required
        />
        <div className="as-actions" data-wide={variant === 'card' || undefined}>
          {onCancel && (
            <Button variant="secondary" onClick={onCancel}>
              {text('common.cancel')}
            </Button>
          )}
          <Button type="submit" isBusy={form.isBusy} isWide={variant === 'card'}>
            {text('organization.create')}
          </Button>
        </div>
      </form>
    </>
  )
  if (variant === 'plain') {
    return (
      <Root className={className} data-component="create-organization">
        {content}
      </Root>
    )
  }
  return (
    <Card
      name="create-organization"
      className={className}
      title={text('organization.create')}
      body={text('organization.createBody')}
    >
      {content}
    </Card>
  )
}
