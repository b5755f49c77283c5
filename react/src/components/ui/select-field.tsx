import { type ReactNode, type SelectHTMLAttributes, useId } from 'react'
import { FieldNote } from './field.tsx'
import { useSlot } from './use-slot.ts'

interface SelectFieldProps extends SelectHTMLAttributes<HTMLSelectElement> {
  label: string
  name: string
  hint?: string
  error?: string
  children: ReactNode
}

export function SelectField({ label, hint, error, children, ...select }: SelectFieldProps) {
  const slot = useSlot()
  const id = useId()
  return (
    <div className={slot('field')} data-invalid={error ? true : undefined}>
      <label className={slot('label')} htmlFor={id}>
        {label}
      </label>
      <div className="as-input-wrap as-select-wrap">
        <select
          {...select}
          id={id}
          className={slot('input', 'as-select')}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : hint ? `${id}-hint` : undefined}
        >
          {children}
        </select>
      </div>
      <FieldNote id={id} hint={hint} error={error} />
    </div>
  )
}
