import { accessToken, usableToken } from './access-token.ts'
import { hold } from './adopt-session.ts'
import { callAuth } from './call-auth.ts'
import type { Core } from './core.ts'
import { withSession } from './with-session.ts'

/**
 * A token for the customer's own backend (audience `app:<project>`); the instance's API refuses it,
 * so a backend that logs it cannot lose an organization. Default: the organization of this tab.
 */
export async function appToken(core: Core, organizationId?: string): Promise<string> {
  const target = organizationId ?? core.session.getSnapshot().organization?.id
  const usable = usableToken(core.appTokens.get(target ?? ''))
  if (usable) return usable
  const generation = core.generation
  const body = target ? { organizationId: target } : {}
  const answer = await withSession(core, async () => {
    const bearer = await accessToken(core)
    return callAuth<{ accessToken: string; expiresIn: number }>(core, 'app-token', body, bearer)
  })
  if (core.generation === generation) {
    core.appTokens.set(target ?? '', hold(answer.accessToken, answer.expiresIn))
  }
  return answer.accessToken
}
