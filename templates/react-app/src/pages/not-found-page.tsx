import { Link } from 'react-router'
import { Notice } from '../parts/notice.tsx'

export function NotFoundPage() {
  return (
    <Notice title="There is no page here">
      <p>The address may be mistyped, or the page has moved.</p>
      <Link className="button button-primary" to="/">
        Go to your projects
      </Link>
    </Notice>
  )
}
