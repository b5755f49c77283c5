import {
  CreateOrganization,
  InviteMemberModal,
  MemberList,
  OrganizationSwitcher,
  PendingInvitations,
  ProtectedRoute,
  UserMenu,
  UserProfile,
} from '../src/index.ts'
import { ACME, ada, invitationOf, memberOf } from '../test/stand-in/data.ts'
import type { StandIn, World } from '../test/stand-in/stand-in.ts'
import type { PreviewState } from './state.tsx'

const LONG = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley'

function crowd({ world }: StandIn) {
  const acme = organization(world)
  const people = [
    'Grace Hopper',
    'Alan Turing',
    'Katherine Johnson',
    LONG,
    '村田 真',
    'Edsger Dijkstra',
  ]
  people.forEach((name, index) => {
    const slug = ['admin', 'member', 'viewer'][index % 3] ?? 'member'
    const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.com`
    const joinedAt = new Date(Date.now() - (index + 1) * 9 * 86_400_000).toISOString()
    const person = { ...ada, id: `u-${name}`, name, email }
    acme.members.push({ ...memberOf(person, slug), joinedAt })
  })
}

function organization(world: World) {
  const found = world.organizations.find(({ id }) => id === ACME)
  if (!found) throw new Error('preview: no Acme')
  return found
}

const many = ({ world }: StandIn) => {
  for (let index = 0; index < 9; index++) {
    const name = index === 4 ? LONG : `Customer ${index + 1}`
    const members = [memberOf(ada, 'admin')]
    world.organizations.push({
      id: `o-${index}`,
      slug: `c-${index}`,
      name,
      members,
      invitations: [],
    })
  }
}

export const organizationStates: PreviewState[] = [
  { name: 'switcher', isSignedIn: true, content: <OrganizationSwitcher /> },
  {
    name: 'switcher without organizations',
    isSignedIn: true,
    prepare: ({ world }) => {
      world.organizations = []
    },
    content: <OrganizationSwitcher />,
  },
  {
    name: 'switcher with many',
    isSignedIn: true,
    prepare: many,
    content: <OrganizationSwitcher />,
  },
  { name: 'user menu', isSignedIn: true, content: <UserMenu profileUrl="#me" /> },
  { name: 'create organization', isSignedIn: true, content: <CreateOrganization /> },
  { name: 'profile', isSignedIn: true, content: <UserProfile /> },
  { name: 'members', isSignedIn: true, isWide: true, prepare: crowd, content: <MemberList /> },
  {
    name: 'members after a search',
    isSignedIn: true,
    isWide: true,
    prepare: (standIn) => {
      crowd(standIn)
      crowd(standIn)
    },
    content: <MemberList />,
  },
  { name: 'members none', isSignedIn: true, isWide: true, content: <MemberList members={[]} /> },
  {
    name: 'members skeleton',
    isSignedIn: true,
    isWide: true,
    prepare: (standIn) => standIn.hang(/members/),
    content: <MemberList />,
  },
  {
    name: 'members unreachable',
    isSignedIn: true,
    isWide: true,
    prepare: (standIn) => standIn.failNext(/members/, 'network', 9),
    content: <MemberList />,
  },
  {
    name: 'pending invitations',
    isSignedIn: true,
    isWide: true,
    prepare: ({ world }) => {
      organization(world).invitations = [
        invitationOf('i-1', 'barbara.liskov@example.com', 'admin'),
        invitationOf('i-2', `${LONG.toLowerCase()}@subdomain.example.com`, 'viewer'),
      ]
    },
    content: <PendingInvitations />,
  },
  {
    name: 'pending invitations none',
    isSignedIn: true,
    isWide: true,
    content: <PendingInvitations />,
  },
  { name: 'invite', isSignedIn: true, content: <InviteMemberModal /> },
  {
    name: 'instance out of reach at load',
    isSignedIn: true,
    prepare: (standIn) => standIn.failNext(/refresh/, 'network', 99),
    content: <ProtectedRoute>Secret</ProtectedRoute>,
  },
]
