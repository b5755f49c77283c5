import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { LIMIT_NAMES, type Overrides } from './entitlements.ts'

/** What operators may change of one organization; what is left out stays as it is. */
export const overridesInput = z.strictObject({
  /** null: what is paid decides again. */
  plan: z.string().max(60).nullable().optional(),
  overrides: z
    .strictObject({
      /** null: as the plan says. */
      limits: z
        .record(
          z.string().max(60),
          z.union([z.number().int().min(0).max(1e9), z.literal('unlimited')]).nullable(),
        )
        .optional(),
      /** null: as the plan says. */
      features: z.record(z.string().max(120), z.boolean().nullable()).optional(),
    })
    .optional(),
})

export type OverridesInput = z.output<typeof overridesInput>

/** The overrides after a change. A name that no plan has is refused: a typo must not grant nothing. */
export function changeOverrides(
  { plans }: Pick<Settings, 'plans'>,
  before: Overrides,
  { plan, overrides = {} }: OverridesInput,
): Overrides {
  const planIds = plans.map((one) => one.id)
  if (typeof plan === 'string') demandKnown('/plan', 'plan', plan, planIds)
  const limitNames = [...LIMIT_NAMES, ...plans.flatMap((one) => Object.keys(one.limits))]
  const limits = { ...before.limits }
  for (const [name, value] of Object.entries(overrides.limits ?? {})) {
    demandKnown(`/overrides/limits/${name}`, 'limit', name, limitNames)
    if (value === null) delete limits[name]
    else limits[name] = value === 'unlimited' ? null : value
  }
  const features = { ...before.features }
  for (const [name, isOn] of Object.entries(overrides.features ?? {})) {
    demandKnown(
      `/overrides/features/${name}`,
      'feature',
      name,
      plans.flatMap((one) => one.features),
    )
    if (isOn === null) delete features[name]
    else features[name] = isOn
  }
  const granted = plan === undefined ? before.plan : (plan ?? undefined)
  return { ...(granted ? { plan: granted } : {}), limits, features }
}

function demandKnown(pointer: string, what: string, name: string, known: string[]): void {
  if (known.includes(name)) return
  const names = [...new Set(known)].join(', ') || 'none'
  throw new Problem('invalid_request', {
    detail: `There is no ${what} "${name}" in the settings.`,
    errors: [{ pointer, message: `Known are: ${names}`, code: `unknown_${what}` }],
  })
}
