import { useEffect } from 'react'
import { usePage } from './page-context.tsx'

/** Names the document: tabs, history and screen readers tell pages apart by it. */
export function useTitle(title: string): void {
  const { name } = usePage().config
  useEffect(() => {
    document.title = `${title} · ${name}`
  }, [title, name])
}
