import { OrganizationSwitcher, useAuth, useTenant } from '@authstack/react'
import { type ReactNode, useEffect } from 'react'
import { usePage, usePageUrl } from '../core/page-context.tsx'
import { goTo } from '../core/page-location.ts'
import { useTitle } from '../core/use-title.ts'
import { useMessages } from '../messages/en.ts'
import { Brand } from './brand.tsx'
import { CardSkeleton } from './card-skeleton.tsx'
import { PageLink } from './page-link.tsx'
import { UnreachableCard } from './unreachable-card.tsx'

/** Frame of the pages for people who are signed in; anybody else is sent to sign in, and comes back here. */
export function WideLayout(props: {
  page: '/account' | '/organization'
  title: string
  children: ReactNode
}) {
  const { isAuthenticated, isLoaded, error, logout } = useAuth()
  const { organizations } = useTenant()
  const { config } = usePage()
  const text = useMessages()
  const signInUrl = usePageUrl()(`/login?next=${props.page}`)
  useTitle(props.title)
  useEffect(() => {
    if (isLoaded && !isAuthenticated) goTo(signInUrl, { replace: true })
  }, [isLoaded, isAuthenticated, signInUrl])
  if (!isLoaded && error) return <UnreachableCard error={error} />
  if (!isAuthenticated) return <CardSkeleton />

  const current = (page: string) => (page === props.page ? ('page' as const) : undefined)
  return (
    <>
      <header className="wide-header">
        <div className="wide-header-row">
          <Brand />
          <nav aria-label={config.name}>
            <PageLink to="/account" current={current('/account')}>
              {text.accountTitle}
            </PageLink>
            <PageLink to="/organization" current={current('/organization')}>
              {text.organizationTitle}
            </PageLink>
          </nav>
          <button type="button" className="button" onClick={() => logout()}>
            {text.signOut}
          </button>
        </div>
      </header>
      <main className="wide">
        <div className="wide-head">
          <h1>{props.title}</h1>
          {props.page === '/organization' && organizations.length > 0 && (
            <OrganizationSwitcher onSwitch={() => window.scrollTo(0, 0)} />
          )}
        </div>
        {props.children}
      </main>
    </>
  )
}
