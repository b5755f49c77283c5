import { CreateOrganization, UserMenu, useAuth, useTenant } from '@authstack/react'
import { Outlet, useNavigate } from 'react-router'
import { BrandMark, brandName } from '../brand.tsx'
import { useTitle } from '../use-title.ts'
import { PageSkeleton } from './page-skeleton.tsx'

/** Shows the app inside an organization; someone who belongs to none makes their first here. */
export function RequireOrganizationPage() {
  const { currentOrganization, organizations, isLoading } = useTenant()
  if (currentOrganization) return <Outlet />
  if (isLoading || organizations.length > 0) return <PageSkeleton />
  return <Onboarding />
}

function Onboarding() {
  useTitle('Create your organization')
  const { user } = useAuth()
  const navigate = useNavigate()
  return (
    <>
      <header className="shell-header">
        <div className="shell-header-row">
          <p className="brand">
            <BrandMark /> <span className="brand-name">{brandName}</span>
          </p>
          <span className="spacer" />
          <UserMenu onSignedOut={() => navigate('/login')} />
        </div>
      </header>
      <main className="page page-narrow">
        <h1>{user?.firstName ? `Welcome, ${user.firstName}` : 'Welcome'}</h1>
        <p className="lead">
          Projects belong to an organization: your company, or a team in it. Create yours, then
          invite the people you work with.
        </p>
        <div className="panel section">
          <CreateOrganization variant="plain" onCreated={() => navigate('/')} />
        </div>
        <p className="hint">
          Were you invited to one? Open the link in the invitation mail instead: it brings you in.
        </p>
      </main>
    </>
  )
}
