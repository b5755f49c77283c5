import { usageError } from '../errors.ts'

/** What the operator route takes: null gives back to the plan. */
export type Entitlements = {
  plan?: string | null
  overrides?: {
    limits?: Record<string, number | 'unlimited' | null>
    features?: Record<string, boolean | null>
  }
}

type Given = { plan?: string; limits?: string[]; features?: string[] }

/** The flags of `orgs set` as the operator route takes them; exit 2 for what cannot be meant. */
export function parseEntitlements({ plan, limits = [], features = [] }: Given): Entitlements {
  if (plan === undefined && limits.length === 0 && features.length === 0) {
    throw usageError({
      code: 'nothing_to_set',
      what: 'There is nothing to set.',
      why: 'Neither --plan nor --limit nor --feature was given.',
      next: ['For example: authstack orgs set acme --limit members=50'],
    })
  }
  return {
    ...(plan === undefined ? {} : { plan: plan === 'default' ? null : plan }),
    overrides: {
      limits: Object.fromEntries(limits.map(parseLimit)),
      features: Object.fromEntries(features.map(parseFeature)),
    },
  }
}

function parseLimit(text: string): [string, number | 'unlimited' | null] {
  const [, name = '', value = ''] =
    /^([A-Za-z][\w-]*)=(\d{1,9}|unlimited|default)$/.exec(text) ?? []
  if (!name) throw invalid('--limit', text, 'A limit is <name>=<number>.', 'members=50')
  if (value === 'default') return [name, null]
  return [name, value === 'unlimited' ? value : Number(value)]
}

function parseFeature(text: string): [string, boolean | null] {
  const [, name = '', value = ''] = /^(.+)=(on|off|default)$/.exec(text) ?? []
  if (!name) throw invalid('--feature', text, 'A feature is <name>=on or <name>=off.', 'sso=on')
  return [name, value === 'default' ? null : value === 'on']
}

function invalid(flag: string, text: string, why: string, example: string) {
  return usageError({
    code: 'entitlement_invalid',
    what: `${flag} "${text}" cannot be read.`,
    why: `${why} "default" gives it back to the plan.`,
    next: [`For example: ${flag} ${example}`],
  })
}
