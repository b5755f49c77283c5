import {
  CreateOrganization,
  InviteMemberModal,
  MemberList,
  PermissionGate,
  useTenant,
} from '@authstack/react'
import { usePackageText } from '../core/package-text.ts'
import { useMessages } from '../messages/en.ts'
import { InvitationsSection } from '../parts/invitations-section.tsx'
import { WideLayout } from '../parts/wide-layout.tsx'

export function OrganizationPage() {
  const text = useMessages()
  return (
    <WideLayout page="/organization" title={text.organizationTitle}>
      <Content />
    </WideLayout>
  )
}

function Content() {
  const text = useMessages()
  const words = usePackageText()
  const { currentOrganization, organizations, isLoading } = useTenant()
  if (!currentOrganization) {
    if (isLoading || organizations.length > 0) {
      return <span className="skeleton skeleton-row" aria-hidden="true" />
    }
    return (
      <section className="section" aria-labelledby="create-title">
        <div className="section-head">
          <h2 id="create-title">{words('organization.create')}</h2>
          <p className="lead">{words('organization.createBody')}</p>
        </div>
        <CreateOrganization variant="plain" onCreated={() => window.scrollTo(0, 0)} />
      </section>
    )
  }
  return (
    // A new key per organization, so nothing of the last one stays on screen.
    <div className="stack" key={currentOrganization.id}>
      <div className="section">
        <div className="wide-head">
          <div className="section-head">
            <h2>{text.members}</h2>
            <p className="lead">{currentOrganization.name}</p>
          </div>
          <PermissionGate permission="members:invite">
            <InviteMemberModal />
          </PermissionGate>
        </div>
        <PermissionGate
          permission="members:view"
          fallback={<p className="lead">{text.membersHidden}</p>}
        >
          <MemberList />
        </PermissionGate>
      </div>
      <PermissionGate permission="members:invite">
        <InvitationsSection />
      </PermissionGate>
    </div>
  )
}
