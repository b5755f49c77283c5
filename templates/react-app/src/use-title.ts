import { useEffect } from 'react'
import { brandName } from './brand.tsx'

/** Names the document, so that tabs, history and screen readers tell pages apart. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${brandName}`
  }, [title])
}
