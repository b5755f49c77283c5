import type { MouseEvent, ReactNode } from 'react'
import { usePageUrl } from '../core/page-context.tsx'
import { goTo } from '../core/page-location.ts'

/** A link to another of these pages: a real address, followed without a page load. */
export function PageLink(props: {
  to: string
  className?: string
  /** `page` on the link of the page that is open. */
  current?: 'page' | undefined
  children: ReactNode
}) {
  const url = usePageUrl()(props.to)
  const follow = (event: MouseEvent) => {
    // A new tab or a download is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0)
      return
    event.preventDefault()
    goTo(url)
  }
  return (
    <a className={props.className} href={url} aria-current={props.current} onClick={follow}>
      {props.children}
    </a>
  )
}
