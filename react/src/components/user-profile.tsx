import { useState } from 'react'
import { useAuth } from '../hooks/use-auth.ts'
import { useForm } from '../hooks/use-form.ts'
import { useText } from '../hooks/use-text.ts'
import type { FormProps } from './form-props.ts'
import { Alert } from './ui/alert.tsx'
import { Avatar } from './ui/avatar.tsx'
import { Button } from './ui/button.tsx'
import { Field } from './ui/field.tsx'
import { Root } from './ui/root.tsx'
import { Skeleton } from './ui/skeleton.tsx'

export type UserProfileProps = FormProps

/** The signed-in person's own facts, to see and to change. */
export function UserProfile({ className, onSuccess, onError }: UserProfileProps) {
  const { user, updateProfile, isLoaded } = useAuth()
  const { text } = useText()
  const [isSaved, setSaved] = useState(false)
  const form = useForm({
    async action({ firstName = '', lastName = '' }) {
      setSaved(false)
      await updateProfile({
        firstName: firstName.trim() || null,
        lastName: lastName.trim() || null,
      })
      setSaved(true)
      onSuccess?.()
    },
    onError,
  })
  if (isLoaded && !user) return null
  return (
    <Root
      as="section"
      className={className}
      data-component="user-profile"
      aria-label={text('profile.title')}
    >
      {!user ? (
        <Skeleton rows={3} />
      ) : (
        <div className="as-stack">
          <div className="as-person">
            <Avatar name={user.name} seed={user.id} src={user.avatarUrl} size="large" />
            <span className="as-person-text">
              <span className="as-cut as-strong" title={user.name}>
                {user.name}
              </span>
              <span className="as-cut as-muted" title={user.email}>
                {user.email}
              </span>
            </span>
          </div>
          {isSaved && <Alert tone="success">{text('profile.saved')}</Alert>}
          {form.failureText && <Alert>{form.failureText}</Alert>}
          <form ref={form.form} className="as-form" noValidate onSubmit={form.submit}>
            <div className="as-pair">
              <Field
                name="firstName"
                label={text('field.firstName')}
                autoComplete="given-name"
                defaultValue={user.firstName ?? ''}
                error={form.errors.firstName}
              />
              <Field
                name="lastName"
                label={text('field.lastName')}
                autoComplete="family-name"
                defaultValue={user.lastName ?? ''}
                error={form.errors.lastName}
              />
            </div>
            <Field
              name="email"
              label={text('field.email')}
              value={user.email}
              hint={text('profile.emailHint')}
              readOnly
            />
            <div className="as-actions">
              <Button type="submit" isBusy={form.isBusy}>
                {text('profile.save')}
              </Button>
            </div>
          </form>
        </div>
      )}
    </Root>
  )
}
