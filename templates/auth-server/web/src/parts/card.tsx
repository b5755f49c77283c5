import type { ReactNode } from 'react'
import { useTitle } from '../core/use-title.ts'
import { Brand } from './brand.tsx'

/** The one card of a page: brand, title, content, and at most one quiet line below. */
export function Card(props: {
  title: string
  lead?: ReactNode
  foot?: ReactNode
  children?: ReactNode
}) {
  useTitle(props.title)
  return (
    <main className="page">
      <div className="card">
        <Brand />
        <h1>{props.title}</h1>
        {props.lead && <p className="lead">{props.lead}</p>}
        {props.children}
        {props.foot && <p className="card-foot">{props.foot}</p>}
      </div>
    </main>
  )
}
