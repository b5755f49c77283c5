import { useId } from 'react'
import { FieldNote } from './field.tsx'
import { useSlot } from './use-slot.ts'

interface CheckboxFieldProps {
  name: string
  label: string
  error?: string
  required?: boolean
}

export function CheckboxField({ name, label, error, required }: CheckboxFieldProps) {
  const slot = useSlot()
  const id = useId()
  return (
    <div className={slot('field')}>
      <label className="as-check" htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          name={name}
          required={required}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
        <span>{label}</span>
      </label>
      <FieldNote id={id} error={error} />
    </div>
  )
}
