import type { ButtonHTMLAttributes } from 'react'
import { useSlot } from './use-slot.ts'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  isBusy?: boolean
  isWide?: boolean
}

/** While busy it keeps its width and its name, and takes no second click. */
export function Button({
  variant = 'primary',
  isBusy = false,
  isWide = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const slot = useSlot()
  return (
    <button
      type="button"
      {...rest}
      className={slot('button', className)}
      data-variant={variant}
      data-wide={isWide || undefined}
      aria-busy={isBusy || undefined}
      disabled={disabled || isBusy}
    >
      <span className="as-button-label">{children}</span>
      {isBusy && <span className="as-spinner" aria-hidden="true" />}
    </button>
  )
}
