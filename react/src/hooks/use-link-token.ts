import { useEffect, useState } from 'react'

/**
 * The token of a mailed link: the prop, else `#token=` of the page. Mails put it in the fragment,
 * which no server log and no Referer sees. `undefined` until the browser has looked, `null` if none.
 */
export function useLinkToken(given?: string): string | null | undefined {
  const [found, setFound] = useState<string | null | undefined>(given)
  useEffect(() => {
    setFound(given ?? new URLSearchParams(window.location.hash.slice(1)).get('token'))
  }, [given])
  return found
}
