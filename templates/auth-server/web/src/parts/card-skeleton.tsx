import { useMessages } from '../messages/en.ts'

/** The outline of a card while the session or a link is being looked up; same measures, so nothing jumps. */
export function CardSkeleton() {
  const text = useMessages()
  return (
    <main className="page" aria-busy="true">
      <div className="card">
        <p className="visually-hidden" role="status">
          {text.loading}
        </p>
        <div className="skeletons" aria-hidden="true">
          <span className="skeleton skeleton-title" />
          <span className="skeleton skeleton-field" />
          <span className="skeleton skeleton-field" />
          <span className="skeleton skeleton-field" />
        </div>
      </div>
    </main>
  )
}
