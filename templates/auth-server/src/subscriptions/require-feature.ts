import { Problem } from '../errors.ts'
import type { Entitlements } from './entitlements.ts'

/** Throws 403 `feature_not_in_plan` unless the organization has the feature. */
export function requireFeature({ features, plan }: Entitlements, feature: string): void {
  if (features.includes(feature)) return
  throw new Problem('feature_not_in_plan', {
    detail: `The plan "${plan.name}" does not have this.`,
    extra: { feature },
  })
}
