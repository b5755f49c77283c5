import { z } from 'zod'
import { Problem } from '../errors.ts'
import type { OperatorContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { createKey } from '../keys/create-key.ts'
import { keyName, originsInput, redirectUrisInput, scopesInput } from './key-input.ts'
import { keyShape, toKeyView } from './key-view.ts'
import { modeQuery } from './mode-query.ts'
import { recordOperatorEvent } from './record-operator-event.ts'

export const createKeyAction = defineAction<OperatorContext>()({
  id: 'createKey',
  summary: 'Make an API key',
  query: modeQuery,
  body: z.strictObject({
    kind: z.enum(['browser', 'native', 'secret']),
    name: keyName,
    origins: originsInput.optional(),
    redirectUris: redirectUrisInput.optional(),
    sessionDelivery: z.enum(['cookie', 'bff', 'body']).optional(),
    scopes: scopesInput.optional(),
  }),
  status: 201,
  output: keyShape,
  async run(context, { body }) {
    const { services, mode } = context
    const { kind, name, origins = [], redirectUris = [], scopes } = body
    if (kind !== 'browser' && origins.length > 0)
      refuse('/origins', 'Only browser keys have origins')
    if (kind !== 'secret' && scopes) refuse('/scopes', 'Only secret keys have scopes')
    if (kind === 'secret' && body.sessionDelivery) {
      refuse('/sessionDelivery', 'Secret keys have no sessions')
    }
    if (kind === 'native' && (body.sessionDelivery ?? 'body') !== 'body') {
      refuse('/sessionDelivery', 'Native apps take the session in the body')
    }
    const created = await createKey(services, mode, {
      kind,
      name,
      origins,
      redirectUris,
      sessionDelivery: deliveryOf(kind, body.sessionDelivery),
      scopes: kind === 'secret' ? (scopes ?? ['bff', 'introspect']) : [],
    })
    await recordOperatorEvent(context, 'key.created', { keyId: created.id, kind })
    return toKeyView(created, created.key)
  },
})

function deliveryOf(kind: string, wanted: 'cookie' | 'bff' | 'body' | undefined) {
  if (kind === 'secret') return null
  return kind === 'native' ? 'body' : (wanted ?? 'cookie')
}

function refuse(pointer: string, message: string): never {
  throw new Problem('invalid_request', { errors: [{ pointer, message, code: 'not_applicable' }] })
}
