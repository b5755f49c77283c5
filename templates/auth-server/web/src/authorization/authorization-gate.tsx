import { useAuth } from '@authstack/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useErrorText } from '../core/instance.ts'
import { usePage } from '../core/page-context.tsx'
import { goTo } from '../core/page-location.ts'
import { useMessages } from '../messages/en.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Card } from '../parts/card.tsx'
import { CardSkeleton } from '../parts/card-skeleton.tsx'
import { Person } from '../parts/person.tsx'
import { UnreachableCard } from '../parts/unreachable-card.tsx'
import { type Authorization, useAuthorization } from './use-authorization.ts'

/**
 * Around the forms of login and signup. Decides what a person sees there: the form, "Continue as ...", the way
 * back to the app after signing in, or why the app's request cannot go on.
 */
export function AuthorizationGate(props: {
  children: (authorization: Authorization) => ReactNode
}) {
  const { isAuthenticated, isLoaded, error } = useAuth()
  const { config } = usePage()
  const { authorization, complete } = useAuthorization()
  const text = useMessages()
  const errorText = useErrorText()
  // Someone who was signed in before is asked; someone who signs in right here has just said so.
  const [wasSignedOut, setWasSignedOut] = useState(false)
  useEffect(() => {
    if (isLoaded && !isAuthenticated) setWasSignedOut(true)
  }, [isLoaded, isAuthenticated])

  const { status } = authorization
  const goesToAccount = isAuthenticated && status === 'none'
  useEffect(() => {
    if (goesToAccount) goTo(`${config.basePath}${nextPage()}`, { replace: true })
  }, [goesToAccount, config.basePath])

  // Says that the instance is out of reach, and keeps trying.
  if (!isLoaded && error) return <UnreachableCard error={error} />
  if (!isLoaded || status === 'loading' || goesToAccount) return <CardSkeleton />
  if (status === 'gone') return <Card title={text.requestGoneTitle} lead={text.requestGoneText} />
  if (status === 'failed') {
    return (
      <Card title={text.crashTitle} lead={errorText(authorization.error)}>
        <button
          type="button"
          className="button button-wide button-primary"
          onClick={() => window.location.reload()}
        >
          {text.reload}
        </button>
      </Card>
    )
  }
  if (status === 'open' && isAuthenticated) {
    const { clientName } = authorization
    return wasSignedOut ? (
      <Leaving clientName={clientName} complete={complete} />
    ) : (
      <Continue clientName={clientName} complete={complete} />
    )
  }
  return props.children(authorization)
}

function Continue({ clientName, complete }: { clientName: string; complete: () => Promise<void> }) {
  const { user, logout } = useAuth()
  const text = useMessages()
  if (!user) return <CardSkeleton />
  return (
    <Card title={text.continueTitle(clientName)}>
      <Person name={user.name} email={user.email} />
      <div className="actions">
        <ActionButton onAction={complete}>{text.continueAs(user.name || user.email)}</ActionButton>
        <ActionButton kind="quiet" onAction={logout}>
          {text.anotherAccount}
        </ActionButton>
      </div>
    </Card>
  )
}

/** On the way back to the app. Draws a button only when the way back failed. */
function Leaving({ clientName, complete }: { clientName: string; complete: () => Promise<void> }) {
  const text = useMessages()
  const errorText = useErrorText()
  const [failure, setFailure] = useState<unknown>(null)
  const hasStarted = useRef(false)
  useEffect(() => {
    // Once: a request is finished by its first answer.
    if (hasStarted.current) return
    hasStarted.current = true
    complete().catch(setFailure)
  }, [complete])
  return (
    <Card title={text.continuing(clientName)}>
      {failure === null ? (
        <p role="status" className="lead">
          {text.loading}
        </p>
      ) : (
        <>
          <p role="alert" className="failure">
            {errorText(failure)}
          </p>
          <ActionButton onAction={complete}>{text.tryAgain}</ActionButton>
        </>
      )}
    </Card>
  )
}

// Only these two, so that a link to the sign-in page cannot send people elsewhere.
function nextPage(): string {
  const next = new URLSearchParams(window.location.search).get('next')
  return next === '/organization' ? next : '/account'
}
