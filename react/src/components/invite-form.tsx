import { useState } from 'react'
import type { Role } from '../core/types.ts'
import { useForm } from '../hooks/use-form.ts'
import { useGrantableRoles } from '../hooks/use-grantable-roles.ts'
import { useOrganizationMembers } from '../hooks/use-organization-members.ts'
import { useRoles } from '../hooks/use-roles.ts'
import { useRules } from '../hooks/use-rules.ts'
import { useText } from '../hooks/use-text.ts'
import { Alert } from './ui/alert.tsx'
import { Button } from './ui/button.tsx'
import { EmailField } from './ui/email-field.tsx'
import { SelectField } from './ui/select-field.tsx'
import { Skeleton } from './ui/skeleton.tsx'

interface InviteFormProps {
  onInvite?: (email: string, role: string) => Promise<unknown> | unknown
  availableRoles?: Role[]
  defaultRole: string
  onCancel: () => void
}

/** Stays open after sending: people invite several at once. */
export function InviteForm({ onInvite, availableRoles, defaultRole, onCancel }: InviteFormProps) {
  const { inviteMember } = useOrganizationMembers()
  const grantable = useGrantableRoles()
  const { roles: all, error } = useRoles()
  const { text, errorText } = useText()
  const rules = useRules()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const roles = availableRoles ?? grantable
  const form = useForm({
    validate: (values) => ({ email: rules.email(values.email) }),
    async action({ email = '', role = '' }) {
      setSentTo(null)
      await (onInvite ?? inviteMember)(email.trim(), role)
      setSentTo(email.trim())
      form.form.current?.reset()
      form.form.current?.querySelector<HTMLInputElement>('[name="email"]')?.focus()
    },
  })
  // Not before the roles are known: a select that fills later would begin with the first, the owner.
  if (!availableRoles && all.length === 0 && !error) return <Skeleton rows={2} />
  return (
    <>
      {sentTo && <Alert tone="success">{text('invite.sent', { email: sentTo })}</Alert>}
      {error && !availableRoles && <Alert>{errorText(error)}</Alert>}
      {form.failureText && <Alert>{form.failureText}</Alert>}
      <form ref={form.form} className="as-form" noValidate onSubmit={form.submit}>
        <EmailField
          autoComplete="off"
          error={form.errors.email}
          // The dialog was opened to type here, and the roles may have come after it.
          autoFocus
        />
        <SelectField
          key={roles.map(({ id }) => id).join()}
          name="role"
          label={text('field.role')}
          error={form.errors.role}
          defaultValue={slugOf(roles, defaultRole)}
        >
          {roles.map((role) => (
            <option key={role.id} value={role.slug}>
              {role.name}
            </option>
          ))}
        </SelectField>
        <div className="as-actions">
          <Button variant="secondary" onClick={onCancel}>
            {text(sentTo ? 'common.close' : 'common.cancel')}
          </Button>
          <Button type="submit" isBusy={form.isBusy}>
            {text('invite.submit')}
          </Button>
        </div>
      </form>
    </>
  )
}

function slugOf(roles: Role[], wanted: string): string | undefined {
  const name = wanted.toLowerCase()
  const found = roles.find(
    (role) => role.slug === name || role.id === wanted || role.name.toLowerCase() === name,
  )
  return (found ?? roles.at(-1))?.slug
}
