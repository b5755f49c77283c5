import type { Request } from 'express'
import { z } from 'zod'
import { modes } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import type { OperatorContext, PublicContext } from './context.ts'

const modeQuery = z.enum(modes as ['live', 'test']).default('live')

/** Demands the realm role `operator` of realm `operators`, checked by keycloak-connect. */
export async function requireOperator(
  context: PublicContext,
  request: Request,
): Promise<OperatorContext> {
  const token = /^Bearer (\S+)$/i.exec(context.header('authorization') ?? '')?.[1]
  if (!token) throw new Problem('token_required')
  const operator = await context.services.keycloak.operators.check(token)
  if (!operator) throw new Problem('token_invalid')
  const mode = modeQuery.safeParse(request.query.mode)
  if (!mode.success) throw new Problem('invalid_request', { detail: 'mode is live or test.' })
  return { ...context, mode: mode.data, operator }
}
