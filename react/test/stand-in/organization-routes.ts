import { invitationOf, memberOf, roleOf, roles } from './data.ts'
import { Refusal } from './refusal.ts'
import { organizationsOf, requireOrganization, requireUser } from './session.ts'
import type { Call, Route } from './stand-in.ts'

const pageOf = (data: unknown[]) => ({ data, page: { nextCursor: null, hasMore: false } })

export const organizationRoutes: Route[] = [
  ['GET', /^organizations$/, [], listMine],
  ['POST', /^organizations$/, ['name', 'slug', 'plan'], create],
  [
    'PATCH',
    /^organizations\/([^/]+)$/,
    ['name', 'slug', 'logoUrl', 'branding', 'settings'],
    update,
  ],
  ['DELETE', /^organizations\/([^/]+)$/, [], removeOrganization],
  ['POST', /^organizations\/([^/]+)\/leave$/, [], leave],
  ['GET', /^organizations\/([^/]+)\/members$/, [], listMembers],
  ['PATCH', /^organizations\/([^/]+)\/members\/([^/]+)$/, ['role'], changeRole],
  ['DELETE', /^organizations\/([^/]+)\/members\/([^/]+)$/, [], remove],
  ['GET', /^organizations\/([^/]+)\/invitations$/, [], listInvitations],
  ['POST', /^organizations\/([^/]+)\/invitations$/, ['email', 'role'], invite],
  ['DELETE', /^organizations\/([^/]+)\/invitations\/([^/]+)$/, [], cancel],
  ['POST', /^organizations\/([^/]+)\/invitations\/([^/]+)\/resend$/, [], resend],
  ['GET', /^organizations\/([^/]+)\/roles$/, [], listRoles],
]

function listMine(call: Call) {
  return pageOf(organizationsOf(call.world, requireUser(call).id))
}

function create(call: Call) {
  const user = requireUser(call)
  if (!call.headers.get('idempotency-key')) throw new Error('stand-in: no Idempotency-Key')
  const name = String(call.body.name)
  const slug = name.toLowerCase().replaceAll(/\W+/g, '-')
  if (call.world.organizations.some((one) => one.slug === slug)) {
    throw new Refusal(409, 'slug_taken')
  }
  const id = `44444444-4444-4444-8444-${String(++call.world.serial).padStart(12, '0')}`
  const members = [memberOf(user, 'owner')]
  call.world.organizations.push({ id, slug, name, members, invitations: [] })
  return organizationsOf(call.world, user.id).find((one) => one.id === id)
}

function update(call: Call) {
  const { found, user } = requireOrganization(call, 'organization:settings:edit')
  Object.assign(found, call.body)
  return organizationsOf(call.world, user.id).find((one) => one.id === found.id)
}

/** 202: access is cut at once, the rest follows after the grace. */
function removeOrganization(call: Call) {
  const { found } = requireOrganization(call, 'organization:delete')
  if (call.world.isSignInOld) throw new Refusal(401, 'step_up_required')
  call.world.organizations = call.world.organizations.filter((one) => one !== found)
  return Response.json(
    { status: 'deleted', restorableUntil: '2026-12-25T12:00:00Z' },
    { status: 202 },
  )
}

function leave(call: Call) {
  const { found, user, mine } = requireOrganization(call)
  const owners = found.members.filter((one) => one.role.slug === 'owner')
  if (mine.role === 'owner' && owners.length === 1) throw new Refusal(409, 'last_owner')
  found.members = found.members.filter((one) => one.userId !== user.id)
}

function listMembers(call: Call) {
  return pageOf(requireOrganization(call, 'members:view').found.members)
}

function changeRole(call: Call) {
  const { found } = requireOrganization(call, 'members:edit')
  const member = found.members.find((one) => one.userId === call.params[1])
  if (!member) throw new Refusal(404, 'not_found')
  const { id, slug, name } = roleOf(String(call.body.role))
  member.role = { id, slug, name }
  return member
}

function remove(call: Call) {
  const { found } = requireOrganization(call, 'members:remove')
  found.members = found.members.filter((one) => one.userId !== call.params[1])
}

function listRoles(call: Call) {
  requireOrganization(call)
  return pageOf(roles)
}

function listInvitations(call: Call) {
  return pageOf(requireOrganization(call, 'members:invite').found.invitations)
}

function invite(call: Call) {
  const { found } = requireOrganization(call, 'members:invite')
  const { email, role } = call.body
  if (found.members.some((one) => one.email === email)) {
    const message = 'This person is already a member.'
    throw new Refusal(409, 'conflict', [{ pointer: '/email', message, code: 'already_member' }])
  }
  const made = invitationOf(`i-${++call.world.serial}`, String(email), String(role))
  found.invitations.push(made)
  return made
}

function cancel(call: Call) {
  const { found } = requireOrganization(call, 'members:invite')
  found.invitations = found.invitations.filter((one) => one.id !== call.params[1])
}

function resend(call: Call) {
  const { found } = requireOrganization(call, 'members:invite')
  const one = found.invitations.find(({ id }) => id === call.params[1])
  if (!one) throw new Refusal(404, 'not_found')
  return one
}
