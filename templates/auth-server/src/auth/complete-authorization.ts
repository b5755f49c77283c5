import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { UserContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { withParameters } from './authorize.ts'
import { findAuthorization } from './find-authorization.ts'
import { uuidInput } from './inputs.ts'
import { newOpaqueToken } from './opaque-token.ts'
import { demandScope, scopedOrganization } from './session-scope.ts'

const CODE_LIFE = '60 seconds'

export const completeAuthorization = defineAction<UserContext>()({
  id: 'completeAuthorization',
  summary: 'Send the person signed in on the hosted pages back to the app, with a one-use code',
  problems: ['step_up_required'],
  params: z.object({ requestId: uuidInput }),
  body: z.strictObject({}),
  output: z.object({ redirectTo: z.string() }),
  async run(context, { params }) {
    const { services, mode, session } = context
    const request = await findAuthorization(context, params.requestId)
    // Only a session of the pages themselves: else whoever got hold of any access token, good for
    // minutes, could trade it here for a session of weeks.
    if (session.keyId !== context.key.id) throw new Problem('not_found')
    const organizationId = request.organizationId ?? scopedOrganization(session.scope)
    demandScope(session.scope, organizationId)
    const code = newOpaqueToken()
    await services.db.hub(mode, async (trx) => {
      // One request, one code: a second click must not make a second one.
      const taken = await trx('authorization_requests').where({ id: request.id }).delete()
      if (taken === 0) throw new Problem('not_found')
      await trx('authorization_codes').insert({
        code_hash: code.hash,
        request_id: request.id,
        key_id: request.keyId,
        redirect_uri: request.redirectUri,
        code_challenge: request.codeChallenge,
        user_id: context.userId,
        parent_session_id: session.id,
        amr: session.amr,
        auth_time: session.authTime,
        organization_id: organizationId,
        expires_at: trx.raw(`now() + interval '${CODE_LIFE}'`),
      })
    })
    return {
      redirectTo: withParameters(request.redirectUri, {
        code: code.token,
        state: request.state,
        // RFC 9207: the app can tell which server answers.
        iss: services.env.publicUrl,
      }),
    }
  },
})
