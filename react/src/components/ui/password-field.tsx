import { useState } from 'react'
import { useText } from '../../hooks/use-text.ts'
import { Field, type FieldProps } from './field.tsx'
import { Icon } from './icon.tsx'

/** A password one can look at. Pasting is never blocked: password managers paste. */
export function PasswordField(props: FieldProps) {
  const [isShown, setShown] = useState(false)
  const { text } = useText()
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      trailing={
        <button
          type="button"
          className="as-input-button"
          aria-label={text(isShown ? 'field.hidePassword' : 'field.showPassword')}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? 'eyeOff' : 'eye'} />
        </button>
      }
    />
  )
}
