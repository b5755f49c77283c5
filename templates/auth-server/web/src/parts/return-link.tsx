import { usePage } from '../core/page-context.tsx'
import { useMessages } from '../messages/en.ts'
import { PageLink } from './page-link.tsx'

/** The way on after a mailed link: back to the app that asked for it, else to the person's account. */
export function ReturnLink(props: { to?: string; label?: string }) {
  const { returnTo } = usePage().config
  const text = useMessages()
  if (returnTo) {
    return (
      <a className="button button-wide button-primary" href={returnTo.url}>
        {text.returnTo(returnTo.name)}
      </a>
    )
  }
  return (
    <PageLink className="button button-wide button-primary" to={props.to ?? '/account'}>
      {props.label ?? text.goToAccount}
    </PageLink>
  )
}
