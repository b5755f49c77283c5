import type { SecretContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import {
  backendUserShape,
  requireBackendUser,
  toBackendUser,
  userIdParams,
} from './backend-user.ts'

export const getBackendUser = defineAction<SecretContext>()({
  id: 'backendGetUser',
  summary: 'One person',
  params: userIdParams,
  output: backendUserShape,
  run: async (context, { params }) =>
    toBackendUser(await requireBackendUser(context, params.userId)),
})
