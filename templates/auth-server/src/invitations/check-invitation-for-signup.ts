import type { Mode } from '../db/mode.ts'
import type { Services } from '../services.ts'
import { deadLink, findOpenInvitation } from './find-invitation.ts'

/**
 * Before anything is created: does the token open an invitation for exactly this address? Throws 410
 * otherwise, also for another address: whoever got the link need not learn whose it is.
 */
export async function checkInvitationForSignup(
  services: Pick<Services, 'db'>,
  mode: Mode,
  { token, email }: { token: string; email: string },
): Promise<void> {
  const invitation = await findOpenInvitation(services, mode, token)
  if (invitation.email !== email.toLowerCase()) throw deadLink()
}
