import { OrganizationSwitcher, UserMenu, useTenant } from '@authstack/react'
import { Link, NavLink, Outlet, useNavigate } from 'react-router'
import { BrandMark, brandName } from '../brand.tsx'
import { hostedPage } from '../instance-pages.ts'
import type { Settings } from '../read-settings.ts'

/** Header with the organization, the pages and the person; below it the page itself. */
export function AppShell({ settings }: { settings: Settings }) {
  const { currentOrganization } = useTenant()
  const navigate = useNavigate()
  return (
    <>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <header className="shell-header">
        <div className="shell-header-row">
          <Link className="brand" to="/">
            <BrandMark /> <span className="brand-name">{brandName}</span>
          </Link>
          <OrganizationSwitcher onSwitch={() => navigate('/')} showCreateButton />
          <span className="spacer" />
          <UserMenu profileUrl={hostedPage(settings, '/account')} />
        </div>
        <nav className="shell-nav" aria-label="Pages">
          <NavLink to="/" end>
            Projects
          </NavLink>
          <NavLink to="/team">Team</NavLink>
          <NavLink to="/settings">Settings</NavLink>
        </nav>
      </header>
      {/* A new key per organization drops every state of the last one: nothing of it can linger on screen. */}
      <main className="page" id="content" tabIndex={-1} key={currentOrganization?.id}>
        <Outlet />
      </main>
    </>
  )
}
