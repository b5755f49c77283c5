import { SessionLoading, useAuth } from '@authstack/react'
import { PageSkeleton } from './page-skeleton.tsx'

/** While it is not known who is here: the page's outline, or the news that the instance cannot be reached. */
export function SessionPending() {
  const { error } = useAuth()
  return error ? <SessionLoading /> : <PageSkeleton />
}
