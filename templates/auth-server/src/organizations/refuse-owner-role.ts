import { Problem } from '../errors.ts'

/** Throws 400 for the owner's role: people are made owners one by one and by name. */
export function refuseOwnerRole(role: { slug: string }, pointer: string): void {
  if (role.slug !== 'owner') return
  throw new Problem('invalid_request', {
    detail: 'Nobody becomes owner by default.',
    errors: [{ pointer, message: 'Any role but the owner', code: 'owner_role' }],
  })
}
