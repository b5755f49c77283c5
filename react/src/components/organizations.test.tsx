import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { renderApp } from '../../test/render.tsx'
import { ACME, GLOBEX, grace, memberOf } from '../../test/stand-in/data.ts'
import { createStandIn, type StandIn } from '../../test/stand-in/stand-in.ts'
import { CreateOrganization } from './create-organization.tsx'
import { InviteMemberModal } from './invite-member-modal.tsx'
import { MemberList } from './member-list.tsx'
import { OrganizationSwitcher } from './organization-switcher.tsx'
import { PendingInvitations } from './pending-invitations.tsx'
import { PermissionGate } from './permission-gate.tsx'
import { RoleGate } from './role-gate.tsx'

function withGrace(role = 'member'): StandIn {
  const standIn = createStandIn()
  standIn.world.organizations[0]?.members.push(memberOf(grace, role))
  return standIn
}

describe('OrganizationSwitcher', () => {
  it('shows the tab’s organization, switches, and tells the app after it has', async () => {
    const onSwitch = vi.fn()
    const { user } = renderApp(<OrganizationSwitcher onSwitch={onSwitch} />, { signedIn: true })
    await user.click(await screen.findByRole('button', { name: /Acme Corp/ }))
    await user.click(screen.getByRole('button', { name: /Globex/ }))
    await screen.findByRole('button', { name: 'Current organization: Globex' })
    expect(onSwitch).toHaveBeenCalledWith(expect.objectContaining({ id: GLOBEX }))
  })

  it('offers a first organization to a person who has none', async () => {
    const standIn = createStandIn()
    standIn.world.organizations = []
    const { user } = renderApp(<OrganizationSwitcher />, { standIn, signedIn: true })
    await user.click(await screen.findByRole('button', { name: 'Create organization' }))
    const dialog = within(await screen.findByRole('dialog', { hidden: true }))
    await user.type(dialog.getByLabelText('Organization name'), 'Initech')
    await user.click(dialog.getByRole('button', { name: 'Create organization', hidden: true }))
    await screen.findByRole('button', { name: 'Current organization: Initech' })
  })
})

describe('OrganizationSwitcher without onSwitch', () => {
  it('switches all the same', async () => {
    const { user } = renderApp(<OrganizationSwitcher />, { signedIn: true })
    await user.click(await screen.findByRole('button', { name: /Current organization/ }))
    await user.click(await screen.findByRole('button', { name: /Globex/ }))
    await screen.findByRole('button', { name: 'Current organization: Globex' })
  })
})

describe('CreateOrganization', () => {
  it('hands the name over once when the app creates it itself', async () => {
    const onSubmit = vi.fn()
    const { user, standIn } = renderApp(<CreateOrganization onSubmit={onSubmit} />, {
      signedIn: true,
    })
    await user.type(await screen.findByLabelText('Organization name'), ' Initech ')
    await user.click(screen.getByRole('button', { name: 'Create organization' }))
    await waitFor(() => expect(onSubmit).toHaveBeenCalledWith('Initech'))
    expect(standIn.count('POST organizations')).toBe(0)
  })

  // `onCreated?.(await create())` never called create when nobody listened.
  it('creates it also when nobody listens', async () => {
    const { user, standIn } = renderApp(<CreateOrganization />, { signedIn: true })
    await user.type(await screen.findByLabelText('Organization name'), 'Initech')
    await user.click(screen.getByRole('button', { name: 'Create organization' }))
    await waitFor(() => expect(standIn.count('POST organizations')).toBe(1))
  })
})

describe('MemberList', () => {
  it('changes a role and removes a member, after asking', async () => {
    const standIn = withGrace()
    const { user } = renderApp(<MemberList />, { standIn, signedIn: true })
    await user.click(await screen.findByRole('button', { name: 'Actions for Grace Hopper' }))
    await user.click(await screen.findByRole('menuitemradio', { name: 'Change role to Admin' }))
    await screen.findByText('Grace Hopper is now Admin')
    await user.click(screen.getByRole('button', { name: 'Actions for Grace Hopper' }))
    await user.click(screen.getByRole('menuitem', { name: 'Remove from organization' }))
    expect(standIn.world.organizations[0]?.members).toHaveLength(2)
    const dialog = within(await screen.findByRole('alertdialog', { hidden: true }))
    await user.click(dialog.getByRole('button', { name: /Remove/, hidden: true }))
    await screen.findByText('Grace Hopper was removed')
    expect(standIn.world.organizations[0]?.members).toHaveLength(1)
  })

  it('offers no action on oneself, and none without the permission', async () => {
    const standIn = withGrace('owner')
    const acme = standIn.world.organizations[0]
    if (acme?.members[0]) acme.members[0].role = memberOf(grace, 'member').role
    renderApp(<MemberList />, { standIn, signedIn: true })
    await screen.findByText('Grace Hopper')
    expect(screen.queryByRole('button', { name: /Actions for/ })).toBeNull()
  })
})

describe('invitations', () => {
  it('go out once, and appear among the pending ones', async () => {
    const { user, standIn } = renderApp(
      <>
        <InviteMemberModal />
        <PendingInvitations />
      </>,
      { signedIn: true },
    )
    const [opener] = await screen.findAllByRole('button', { name: 'Invite member' })
    if (opener) await user.click(opener)
    const dialog = within(await screen.findByRole('dialog', { hidden: true }))
    await user.type(await dialog.findByLabelText('Email'), 'grace@example.com')
    await user.click(dialog.getByRole('button', { name: 'Send invitation', hidden: true }))
    await screen.findByText('Invitation sent to grace@example.com')
    expect(standIn.count(`POST organizations/${ACME}/invitations`)).toBe(1)
    expect(await screen.findByTitle('grace@example.com')).toBeTruthy()
  })

  it('are the app’s own when it gives onInvite', async () => {
    const onInvite = vi.fn()
    const { user, standIn } = renderApp(
      <InviteMemberModal isOpen onClose={() => {}} onInvite={onInvite} />,
      { signedIn: true },
    )
    const dialog = within(await screen.findByRole('dialog', { hidden: true }))
    await user.type(await dialog.findByLabelText('Email'), 'grace@example.com')
    await user.click(dialog.getByRole('button', { name: 'Send invitation', hidden: true }))
    await waitFor(() => expect(onInvite).toHaveBeenCalledWith('grace@example.com', 'member'))
    expect(standIn.calls.filter((call) => call.includes('invitations')).join()).not.toContain(
      'POST',
    )
  })

  it('say beside the address what the instance refuses', async () => {
    const standIn = withGrace()
    const { user } = renderApp(<InviteMemberModal />, { standIn, signedIn: true })
    await user.click(await screen.findByRole('button', { name: 'Invite member' }))
    const dialog = within(await screen.findByRole('dialog', { hidden: true }))
    await user.type(await dialog.findByLabelText('Email'), 'grace@example.com')
    await user.click(dialog.getByRole('button', { name: 'Send invitation', hidden: true }))
    expect(await screen.findByText('This person is already a member.')).toBeTruthy()
  })
})

describe('gates', () => {
  const gate = (permission: string | string[], extra = {}) => (
    <PermissionGate permission={permission} fallback="no" {...extra}>
      yes
    </PermissionGate>
  )

  it.each([
    ['members:invite', {}, 'yes'],
    [['nothing', 'members:invite'], {}, 'yes'],
    [['nothing', 'members:invite'], { requireAll: true }, 'no'],
    [[], {}, 'no'],
    ['members:invite', { orgId: GLOBEX }, 'no'],
    ['members:view', { orgId: GLOBEX }, 'yes'],
  ])('%j %j shows %s', async (permission, extra, shown) => {
    renderApp(gate(permission, extra), { signedIn: true })
    await waitFor(() => expect(document.body.textContent).toContain(shown), { timeout: 2000 })
  })

  it('RoleGate compares slugs whatever their case', async () => {
    renderApp(<RoleGate role={['Owner']}>yes</RoleGate>, { signedIn: true })
    await waitFor(() => expect(document.body.textContent).toContain('yes'))
  })
})
