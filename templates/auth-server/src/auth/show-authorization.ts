import { z } from 'zod'
import type { KeyContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { findAuthorization } from './find-authorization.ts'
import { uuidInput } from './inputs.ts'

export const showAuthorization = defineAction<KeyContext>()({
  id: 'showAuthorization',
  summary: 'What the hosted pages need to know of a sign-in that began elsewhere',
  params: z.object({ requestId: uuidInput }),
  output: z.object({
    client: z.object({ name: z.string() }),
    screen: z.enum(['login', 'signup']),
    organizationId: z.string().nullable(),
  }),
  async run(context, { params }) {
    const request = await findAuthorization(context, params.requestId)
    return {
      client: { name: request.clientName },
      screen: request.screen,
      organizationId: request.organizationId,
    }
  },
})
