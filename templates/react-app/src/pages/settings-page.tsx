import { hostedPage } from '../instance-pages.ts'
import type { Settings } from '../read-settings.ts'
import { LeaveOrganization } from '../settings/leave-organization.tsx'
import { OrganizationDetails } from '../settings/organization-details.tsx'
import { useTitle } from '../use-title.ts'

/** The organization's own facts, the person's account, and the way out. */
export function SettingsPage({ settings }: { settings: Settings }) {
  useTitle('Settings')
  return (
    <>
      <h1>Settings</h1>
      <OrganizationDetails />
      <section className="panel section">
        <h2>Your account</h2>
        <p>Your name, and the devices you are signed in on.</p>
        <a className="button" href={hostedPage(settings, '/account')}>
          Open your account
        </a>
      </section>
      <LeaveOrganization />
    </>
  )
}
