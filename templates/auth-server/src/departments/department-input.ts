import { z } from 'zod'

/** Whatever the plan says: the tree is read whole when it changes. */
export const departmentsMax = 1000

export const departmentParams = z.object({ orgId: z.uuid(), departmentId: z.uuid() })
export const departmentMemberParams = departmentParams.extend({ userId: z.uuid() })
