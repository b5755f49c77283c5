import { accessToken, usableToken } from './access-token.ts'
import { hold } from './adopt-session.ts'
import { callAuth } from './call-auth.ts'
import type { Core } from './core.ts'

/**
 * A token for the customer's own backend (audience `app:<project>`); the instance's API refuses it,
 * so a backend that logs it cannot lose an organization. Default: the organization of this tab.
 */
export async function appToken(core: Core, organizationId?: string): Promise<string> {
  const target = organizationId ?? core.session.getSnapshot().organization?.id
  const usable = usableToken(core.appTokens.get(target ?? ''))
  if (usable) return usable
  const generation = core.generation
  const bearer = await accessToken(core)
  const answer = await callAuth<{ accessToken: string; expiresIn: number }>(
    core,
    'app-token',
    target ? { organizationId: target } : {},
    bearer,
  )
  if (core.generation === generation) {
    core.appTokens.set(target ?? '', hold(answer.accessToken, answer.expiresIn))
  }
  return answer.accessToken
}
