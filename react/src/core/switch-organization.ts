import { accessToken } from './access-token.ts'
import { adoptSwitch } from './adopt-session.ts'
import { callAuth } from './call-auth.ts'
import { type Core, storageKeys } from './core.ts'
import type { SwitchAnswer } from './types.ts'
import { withSession } from './with-session.ts'

/** Makes `organizationId` the organization of this tab. Others keep theirs. */
export async function switchOrganization(core: Core, organizationId: string) {
  const generation = core.generation
  core.session.update({ isSwitching: true })
  try {
    const answer = await withSession(core, async () => {
      const bearer = await accessToken(core)
      return callAuth<SwitchAnswer>(core, 'switch', { organizationId }, bearer)
    })
    if (core.generation === generation) adoptSwitch(core, answer)
    return answer.organization
  } finally {
    core.session.update({ isSwitching: false })
  }
}

/**
 * Gives a tab that has no organization yet its first one: the one asked for, the one last used on
 * this device, else the first of the list. One asked for that is not the person's leaves none:
 * a page about one organization must not show another.
 */
export function ensureOrganization(core: Core, preferred?: string): Promise<void> {
  // One after the other: the last wish wins, also when it comes while another is being fulfilled.
  const turn = (core.ensuring ?? Promise.resolve())
    .catch(() => {})
    .then(() => ensure(core, preferred))
  core.ensuring = turn
  return turn
}

async function ensure(core: Core, preferred?: string): Promise<void> {
  const { status, organization, organizations } = core.session.getSnapshot()
  if (status !== 'signed-in') return
  if (organization && (!preferred || matches(organization, preferred))) return
  const last = core.local.get(storageKeys(core).lastOrganization)
  const target = preferred
    ? organizations.find((one) => matches(one, preferred))
    : (organizations.find((one) => one.id === last) ?? organizations[0])
  if (target) await switchOrganization(core, target.id)
  else core.session.update({ organization: null, isSwitching: false })
}

/** Leaves the organization of this tab, which no longer exists for this person. */
export async function forgetOrganization(core: Core): Promise<void> {
  core.tab.set(storageKeys(core).organization, null)
  core.access = null
  core.session.update({ organization: null })
  await accessToken(core)
  await ensureOrganization(core)
}

function matches(organization: { id: string; slug: string }, idOrSlug: string): boolean {
  return organization.id === idOrSlug || organization.slug === idOrSlug
}
