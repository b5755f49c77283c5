import { z } from 'zod'

/** How long trails are kept where the plan does not say (`plans[].auditRetentionDays`). */
export const auditSettings = z.strictObject({
  retentionDays: z.number().int().min(1).max(36_500),
})

/** A year: what most auditors ask for. */
export const RETENTION_DAYS_DEFAULT = 365
