import { type ReactNode, useState } from 'react'
import { useErrorText } from '../core/instance.ts'

/** A button that does one thing at the instance, waits for it, and says why when it did not work. */
export function ActionButton(props: {
  onAction: () => Promise<unknown>
  children: ReactNode
  kind?: 'primary' | 'quiet' | 'inline'
  /** Takes a failure that the page itself draws; return true to say that it did. */
  onFailure?: (error: unknown) => boolean
}) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const errorText = useErrorText()
  const act = async () => {
    setBusy(true)
    setFailure(null)
    try {
      await props.onAction()
    } catch (error) {
      if (!props.onFailure?.(error)) setFailure(error)
    }
    setBusy(false)
  }
  return (
    <>
      {failure !== null && (
        <p className="failure" role="alert">
          {errorText(failure)}
        </p>
      )}
      <button
        type="button"
        className={classes[props.kind ?? 'primary']}
        onClick={act}
        disabled={isBusy}
      >
        {props.children}
      </button>
    </>
  )
}

const classes = {
  primary: 'button button-wide button-primary',
  quiet: 'button button-wide',
  inline: 'button',
}
