import type { TenantContext } from '../http/context.ts'

/**
 * Who an invitation says it is from: the person, or the machine key by its id. A machine has no name
 * that the invited should read as a person's, so its invitations come from the organization alone.
 */
export function inviterOf({ userId, machine }: Pick<TenantContext, 'userId' | 'machine'>): string {
  const id = userId ?? machine?.id
  if (!id) throw new Error('Nobody asks')
  return id
}

/**
 * Whose hour of invitations it is. All machines of an organization share one: else a new key would be a
 * new hour, and whoever may make keys could mail strangers without end.
 */
export const invitationHour = ({
  mode,
  userId,
  organizationId,
}: Pick<TenantContext, 'mode' | 'userId' | 'organizationId'>): string =>
  `${mode}:${userId ?? `machines:${organizationId}`}`
