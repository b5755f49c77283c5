import { useConfig } from '@authstack/react'
import { usePage } from '../core/page-context.tsx'

/** Logo and name from the project's settings. Without a logo, the name's first letter in its colour. */
export function Brand() {
  const page = usePage().config
  const { data } = useConfig()
  const logo = page.logo ?? data?.logo
  const { name } = page
  return (
    <p className="brand">
      {logo ? (
        <img src={logo.src} alt={logo.alt} height={32} />
      ) : (
        <>
          <span className="brand-letter" aria-hidden="true">
            {[...name][0]?.toLocaleUpperCase()}
          </span>
          <span className="brand-name" title={name}>
            {name}
          </span>
        </>
      )}
    </p>
  )
}
