import { useAuth } from '@authstack/react'
import { Notice } from './notice.tsx'
import { PageSkeleton } from './page-skeleton.tsx'

/** While it is not known who is here: the page's outline, or the news that the instance does not answer. */
export function SessionPending() {
  const { error, refreshToken } = useAuth()
  if (!error) return <PageSkeleton />
  return (
    <Notice title="Sign-in is out of reach">
      <p role="alert">You are not signed out. We keep trying; you can also try again yourself.</p>
      <button
        type="button"
        className="button button-primary"
        // A second failure leaves this notice as it is.
        onClick={() => refreshToken().catch(() => {})}
      >
        Try again
      </button>
    </Notice>
  )
}
