import { useEffect, useRef, useState } from 'react'
import { type AuthStackError, toAuthStackError } from '../core/authstack-error.ts'
import { useAuth } from '../hooks/use-auth.ts'
import { useText } from '../hooks/use-text.ts'
import { SessionLoading } from './session-loading.tsx'
import { Button } from './ui/button.tsx'
import { Card } from './ui/card.tsx'

export interface RedirectCallbackProps {
  /** Called with the path the person wanted; default: the browser goes there. */
  onDone?: (returnTo: string) => void
  className?: string
}

/** The whole redirect page: finishes a sign-in that went by the hosted pages, or says why it cannot. */
export function RedirectCallback({ onDone, className }: RedirectCallbackProps) {
  const { handleRedirectCallback, loginWithRedirect } = useAuth()
  const { text, errorText } = useText()
  const [error, setError] = useState<AuthStackError | null>(null)
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    let isCurrent = true
    handleRedirectCallback().then(
      ({ returnTo }) => {
        if (!isCurrent) return
        if (done.current) done.current(returnTo)
        else window.location.replace(returnTo)
      },
      (cause) => isCurrent && setError(toAuthStackError(cause)),
    )
    return () => {
      isCurrent = false
    }
  }, [handleRedirectCallback])
  if (!error) return <SessionLoading />
  return (
    <Card
      name="redirect-callback"
      className={className}
      icon="alert"
      tone="danger"
      title={text('link.invalid.title')}
      body={errorText(error)}
    >
      <Button isWide onClick={() => void loginWithRedirect({ returnTo: '/' }).catch(() => {})}>
        {text('login.submit')}
      </Button>
    </Card>
  )
}
