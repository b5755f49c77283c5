import { createClient, isAuthStackError } from '@authstack/react/server'
import type { ReadMembers } from './member-sync.ts'

/** Reads members by a secret key with the scope `organizations:read`. */
export function membersOf(options: { endpoint: string; secretKey: string }): ReadMembers {
  const authstack = createClient(options)
  return async (organizationId) => {
    try {
      const members = []
      for await (const member of authstack.organizations.members.list(organizationId)) {
        const { userId, email, name, role, status } = member
        members.push({ userId, email, name, role: role.slug, status })
      }
      return members
    } catch (error) {
      // Deleted meanwhile: nobody is a member of it.
      if (isAuthStackError(error) && error.code === 'not_found') return null
      throw error
    }
  }
}
