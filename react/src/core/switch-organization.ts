import { accessToken } from './access-token.ts'
import { adoptSwitch } from './adopt-session.ts'
import { callAuth } from './call-auth.ts'
import { type Core, storageKeys } from './core.ts'
import type { Organization, SwitchAnswer } from './types.ts'

/** Makes `organizationId` the organization of this tab. Others keep theirs. */
export async function switchOrganization(core: Core, organizationId: string) {
  const generation = core.generation
  core.session.update({ isSwitching: true })
  try {
    const bearer = await accessToken(core)
    const answer = await callAuth<SwitchAnswer>(core, 'switch', { organizationId }, bearer)
    if (core.generation === generation) adoptSwitch(core, answer)
    return answer.organization as Organization
  } finally {
    core.session.update({ isSwitching: false })
  }
}

/**
 * Gives a tab that has no organization yet its first one: the one asked for, the one last used on
 * this device, else the first of the list. Does nothing for a person without organizations.
 */
export async function ensureOrganization(core: Core, preferred?: string): Promise<void> {
  const { status, organization, organizations, isSwitching } = core.session.getSnapshot()
  if (status !== 'signed-in' || isSwitching) return
  if (organization && (!preferred || matches(organization, preferred))) return
  const last = core.local.get(storageKeys(core).lastOrganization)
  const target = preferred
    ? organizations.find((one) => matches(one, preferred))
    : (organizations.find((one) => one.id === last) ?? organizations[0])
  if (target) await switchOrganization(core, target.id)
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
