import type { Settings } from '../settings.ts'

/** The limits of a plan that this server itself counts; a project may add names of its own. */
export const LIMIT_NAMES = [
  'monthlyActiveUsers',
  'members',
  'customRoles',
  'domains',
  'departments',
  'apiKeys',
] as const

export type LimitName = (typeof LIMIT_NAMES)[number]

/** What the operators of an instance grant or deny one organization, beside its plan. */
export interface Overrides {
  /** In force whatever is paid. */
  plan?: string
  /** null: no limit. */
  limits?: Record<string, number | null>
  features?: Record<string, boolean>
}

/** What an organization's row says of its plan. */
export interface PlanFacts {
  plan: string
  /** A plan that costs something is in force until then; null: nothing is paid. */
  planUntil: Date | null
  overrides: Overrides
}

export type Plan = Settings['plans'][number]

export interface Entitlements {
  plan: Plan
  /** Every name that is counted, and the project's own; null: no limit. */
  limits: Record<LimitName, number | null> & Record<string, number | null>
  /** Sorted. */
  features: string[]
}

type PlanSettings = Pick<Settings, 'plans'>

/**
 * What an organization may do now. A plan that costs something and is not paid counts as none: the
 * clock decides here too, so that a webhook which never came leaves nobody on a plan for ever.
 */
export function entitlementsOf(
  settings: PlanSettings,
  { plan: bought, planUntil, overrides }: PlanFacts,
  now: Date = new Date(),
): Entitlements {
  const plan = planInForce(settings, { bought, planUntil, overrides }, now)
  const unlimited = Object.fromEntries(LIMIT_NAMES.map((name) => [name, null]))
  const features = new Set(plan.features)
  for (const [name, isOn] of Object.entries(overrides.features ?? {})) {
    if (isOn) features.add(name)
    else features.delete(name)
  }
  return {
    plan,
    limits: { ...unlimited, ...plan.limits, ...overrides.limits } as Entitlements['limits'],
    features: [...features].sort(),
  }
}

/** The plan of an organization that pays nothing: the first that costs nothing, else the first. */
export function fallbackPlan({ plans }: PlanSettings): Plan {
  const plan = plans.find((one) => one.priceMonthly === 0) ?? plans[0]
  if (!plan) throw new Error('The settings have no plan')
  return plan
}

function planInForce(
  settings: PlanSettings,
  facts: { bought: string; planUntil: Date | null; overrides: Overrides },
  now: Date,
): Plan {
  const find = (id: string | undefined) => settings.plans.find((one) => one.id === id)
  const granted = find(facts.overrides.plan)
  if (granted) return granted
  const plan = find(facts.bought)
  const isPaid = facts.planUntil !== null && facts.planUntil > now
  // A plan that left the settings is like the one that everybody has, not like none at all.
  return plan && (plan.priceMonthly === 0 || isPaid) ? plan : fallbackPlan(settings)
}
