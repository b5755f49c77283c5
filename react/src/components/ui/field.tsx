import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { useText } from '../../hooks/use-text.ts'
import { useSlot } from './use-slot.ts'

export interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string
  name: string
  hint?: string
  error?: string
  /** Beside the label: a "Forgot password?" link. */
  aside?: ReactNode
  /** Inside the input, at its end. */
  trailing?: ReactNode
  isOptional?: boolean
}

/** A labelled input; its hint and its error are read out with it. */
export function Field(props: FieldProps) {
  const { label, hint, error, aside, trailing, isOptional, ...input } = props
  const slot = useSlot()
  const id = useId()
  const { text } = useText()
  return (
    <div className={slot('field')} data-invalid={error ? true : undefined}>
      <div className="as-field-top">
        <label className={slot('label')} htmlFor={id}>
          {label}
          {isOptional && <span className="as-muted"> ({text('field.optional')})</span>}
        </label>
        {aside}
      </div>
      <div className="as-input-wrap">
        <input
          {...input}
          id={id}
          className={slot('input')}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
        />
        {trailing}
      </div>
      <FieldNote id={id} hint={hint} error={error} />
    </div>
  )
}

export function FieldNote({ id, hint, error }: { id: string; hint?: string; error?: string }) {
  if (error) {
    return (
      <p className="as-field-error" id={`${id}-error`}>
        {error}
      </p>
    )
  }
  if (!hint) return null
  return (
    <p className="as-field-hint" id={`${id}-hint`}>
      {hint}
    </p>
  )
}
