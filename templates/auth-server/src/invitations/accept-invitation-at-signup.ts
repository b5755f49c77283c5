import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { type Acceptance, consumeInvitation } from './consume-invitation.ts'

/**
 * Joins the new person to the organization that invited them. To be called once their row is
 * committed, active and verified (the mailed token proves the address). Returns the organization's id.
 */
export function acceptInvitationAtSignup(
  services: Pick<Services, 'db' | 'keycloak' | 'settings' | 'log'>,
  mode: Mode,
  acceptance: Acceptance,
): Promise<string> {
  return consumeInvitation(services, mode, { ...acceptance, email: acceptance.email.toLowerCase() })
}
