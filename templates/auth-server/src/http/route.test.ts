import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeyContext, MemberContext, PublicContext, TenantContext } from './context.ts'
import { defineAction } from './define-action.ts'
import { everyone, member, memberOrMachine, operator, route, secret, user } from './route.ts'

const shape = { id: 'x', summary: 'x', output: null } as const
const needsMember = defineAction<MemberContext>()({ ...shape, run: async () => {} })
const needsTenant = defineAction<TenantContext>()({ ...shape, run: async () => {} })
const needsKey = defineAction<KeyContext>()({ ...shape, run: async () => {} })
const needsNobody = defineAction<PublicContext>()({ ...shape, run: async () => {} })

/** What counts here is that tsc says so: without the errors it reports the unused directives. */
test('an action does not compile behind a guard that proves less than it needs', () => {
  // @ts-expect-error everybody is no member
  route('POST', '/x', everyone(), needsMember)
  // @ts-expect-error a signed-in person is no member
  route('POST', '/x', user(), needsMember)
  // @ts-expect-error a machine is no person
  route('POST', '/x', memberOrMachine(null), needsMember)
  // @ts-expect-error a backend acts for no organization
  route('POST', '/x', secret('x'), needsTenant)
  // @ts-expect-error staff have no key of an app
  route('POST', '/x', operator(), needsKey)
  const enough = [
    route('POST', '/x', member(), needsMember),
    route('POST', '/x', member(), needsTenant),
    route('POST', '/x', memberOrMachine(null), needsTenant),
    route('POST', '/x', member(), needsNobody),
  ]
  assert.equal(enough.length, 4)
})
