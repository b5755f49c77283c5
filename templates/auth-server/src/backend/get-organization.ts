import { z } from 'zod'
import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { backendOrganizationShape, findBackendOrganization } from './backend-organization.ts'

export const getBackendOrganization = defineAction<SecretContext>()({
  id: 'backendGetOrganization',
  summary: 'One organization',
  params: z.object({ orgId: z.uuid() }),
  output: backendOrganizationShape,
  run: ({ services, mode }, { params }) => findBackendOrganization(services, mode, params.orgId),
})
