import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes, UserError } from '../errors.ts'
import type { Instance } from '../state/instance.ts'
import { instanceDown } from './instance-down.ts'
import { httpRequest } from './socket-http.ts'

/**
 * A short-lived operator token: client_credentials of `authstack-cli` in realm `operators`, asked
 * for at Keycloak's loopback port. Who can read the 0600 secret is the operator. Exit 4 when not.
 */
export async function operatorToken(instance: Instance, signal?: AbortSignal): Promise<string> {
  const secret = await readSecret(join(instance.paths.credentials, 'operator-client'))
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'authstack-cli',
    client_secret: secret,
  })
  const answer = await httpRequest({
    host: '127.0.0.1',
    port: instance.ports.keycloak,
    method: 'POST',
    path: '/realms/operators/protocol/openid-connect/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    signal,
  }).catch((error) => {
    throw instanceDown(instance, 'Keycloak', error)
  })
  const token = (answer.body as { access_token?: unknown } | null)?.access_token
  if (answer.status === 200 && typeof token === 'string') return token
  throw new UserError({
    code: 'operator_refused',
    what: 'Keycloak did not give an operator token.',
    why: `It answered ${answer.status} for the client authstack-cli.`,
    next: [`authstack deploy --env ${instance.environment} sets the operator up again.`],
    exitCode: exitCodes.notSignedIn,
  })
}

async function readSecret(path: string): Promise<string> {
  return (
    await readFile(path, 'utf8').catch((error) => {
      throw new UserError({
        code: 'operator_secret_unreadable',
        what: 'You are not an operator of this instance.',
        why: `The operator's secret cannot be read (${error.code}): ${path}`,
        next: ['Run the command as the user who deployed it.'],
        exitCode: exitCodes.notSignedIn,
        cause: error,
      })
    })
  ).trim()
}
