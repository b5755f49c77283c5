import { exitCodes, UserError } from '../errors.ts'
import type { OperatorClient } from '../operator/operator-client.ts'
import { listEndpoints, type WebhookEndpoint } from './webhooks.ts'

/** The endpoint by id or URL; without either the only one there is. */
export async function chooseEndpoint(
  operator: OperatorClient,
  idOrUrl: string | undefined,
): Promise<WebhookEndpoint> {
  const { data } = await listEndpoints(operator)
  const found = idOrUrl ? data.filter(({ id, url }) => id === idOrUrl || url === idOrUrl) : data
  const [endpoint] = found
  if (endpoint && found.length === 1) return endpoint
  const known = data.map(({ id, url }) => `${id}  ${url}`)
  throw new UserError({
    code: 'endpoint_unknown',
    what: idOrUrl ? `There is no endpoint "${idOrUrl}".` : 'Which endpoint is not clear.',
    why:
      known.length > 0
        ? `There are: ${known.join(', ')}`
        : 'The settings name none for this data (live or test).',
    next:
      known.length > 0
        ? ['authstack webhooks list', 'Name one by its id.']
        : ['Add it to "webhooks" in authstack.config.ts and deploy.'],
    exitCode: exitCodes.usage,
  })
}
