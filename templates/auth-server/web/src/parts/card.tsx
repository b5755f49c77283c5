import { useConfig } from '@authstack/react'
import type { ReactNode } from 'react'
import { usePage } from '../core/page-context.tsx'
import { useTitle } from '../core/use-title.ts'

/** A card of these pages' own, with the measures of the package's: logo, title, content, one quiet line below. */
export function Card(props: {
  title: string
  lead?: ReactNode
  foot?: ReactNode
  children?: ReactNode
}) {
  useTitle(props.title)
  const page = usePage().config
  const { data } = useConfig()
  const logo = page.logo ?? data?.logo
  return (
    <main className="page">
      <div className="card">
        <header className="card-head">
          {logo && <img className="card-logo" src={logo.src} alt={logo.alt} />}
          <h1>{props.title}</h1>
          {props.lead && <p className="lead">{props.lead}</p>}
        </header>
        {props.children}
        {props.foot && <p className="card-foot">{props.foot}</p>}
      </div>
    </main>
  )
}
