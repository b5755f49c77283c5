import type { ReactNode } from 'react'
import { usePageUrl } from '../core/page-context.tsx'
import { followTo } from '../core/page-location.ts'

/** A link to another of these pages: a real address, followed without a page load. */
export function PageLink(props: {
  to: string
  className?: string
  /** `page` on the link of the page that is open. */
  current?: 'page' | undefined
  children: ReactNode
}) {
  const url = usePageUrl()(props.to)
  return (
    <a className={props.className} href={url} aria-current={props.current} onClick={followTo(url)}>
      {props.children}
    </a>
  )
}
