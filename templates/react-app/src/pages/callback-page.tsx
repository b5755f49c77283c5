import { useAuth } from '@authstack/react'
import { useEffect, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { Notice } from '../parts/notice.tsx'
import { safeReturnTo } from '../return-to.ts'

/** Where the hosted sign-in page sends people back: trades the one-time code for a session. */
export function CallbackPage() {
  const { handleRedirectCallback } = useAuth()
  const navigate = useNavigate()
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    handleRedirectCallback().then(
      ({ returnTo }) => navigate(safeReturnTo(returnTo), { replace: true }),
      () => setFailed(true),
    )
  }, [handleRedirectCallback, navigate])

  if (!hasFailed) {
    return (
      <Notice title="Signing you in">
        <p role="status">One moment.</p>
      </Notice>
    )
  }
  return (
    <Notice title="That sign-in did not finish">
      <p>
        The link back was used before, or is more than a minute old. Nothing is lost: sign in again.
      </p>
      <Link className="button button-primary" to="/login" replace>
        Sign in
      </Link>
    </Notice>
  )
}
