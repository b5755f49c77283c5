/** The page's outline while the session is being found. Same measures as the real page, so nothing jumps. */
export function PageSkeleton() {
  return (
    <div aria-busy="true">
      <p className="visually-hidden" role="status">
        Loading
      </p>
      <div className="shell-header" aria-hidden="true">
        <div className="shell-header-row">
          <span className="skeleton" style={{ width: 112, height: 24 }} />
          <span className="skeleton" style={{ width: 160, height: 36 }} />
        </div>
      </div>
      <div className="page" aria-hidden="true">
        <span className="skeleton" style={{ width: 140, height: 30 }} />
        <RowsSkeleton />
      </div>
    </div>
  )
}

/** Three rows of a list that is on its way. */
export function RowsSkeleton() {
  return (
    <div className="panel" aria-hidden="true">
      {[220, 150, 190].map((width) => (
        <div className="project-row" key={width}>
          <span className="skeleton" style={{ width, height: 18 }} />
        </div>
      ))}
    </div>
  )
}
