import { z } from 'zod'
import { type Mode, modes } from '../db/mode.ts'
import { Problem } from '../errors.ts'
import type { PublicContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { realmName } from '../keycloak/names.ts'
import type { Services } from '../services.ts'
import { uuidInput } from './inputs.ts'

export const issuerKeys = defineAction<PublicContext>()({
  id: 'issuerKeys',
  summary: "Public keys of an active organization's realm",
  params: z.object({ orgId: uuidInput }),
  output: 'raw',
  async run({ services }, { params }) {
    const mode = await modeOfActive(services, params.orgId)
    const keys = mode && (await services.keycloak.realmKeys.document(realmName(mode, params.orgId)))
    if (!keys) throw new Problem('not_found')
    return {
      status: 200,
      headers: {
        'Content-Type': 'application/jwk-set+json',
        'Cache-Control': 'public, max-age=300',
      },
      body: JSON.stringify(keys),
    }
  },
})

/** Asked of PostgreSQL first: a made-up id must not make us ask Keycloak for a realm. */
async function modeOfActive({ db }: Services, organizationId: string): Promise<Mode | null> {
  for (const mode of modes) {
    const { rows } = (await db
      .hubQuery(mode)
      .raw('select definer.active_issuer(?) as issuer', [organizationId])) as {
      rows: { issuer: string | null }[]
    }
    if (rows[0]?.issuer) return mode
  }
  return null
}
