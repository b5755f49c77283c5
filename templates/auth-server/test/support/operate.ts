import { request } from 'node:http'
import { credential, instance, keycloakGrant } from './identity.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape.
export type OperatorAnswer = { status: number; body: any }

/** Why tests of operator routes are skipped, or false: they need the machine the instance runs on. */
export const cannotOperate =
  !(instance?.operatorSocket && instance.credentials && instance.keycloak) &&
  'the operator socket is out of reach'

/** A token of the realm of operators, as the command gets one. */
export async function operatorToken(): Promise<string> {
  const grant = await keycloakGrant('operators', {
    grant_type: 'client_credentials',
    client_id: 'authstack-cli',
    client_secret: credential('operator-client'),
  })
  return String(grant.body.access_token)
}

/** One request under `/operator/v1` on the operator socket, of the instance or of a process of one's own. */
export function operate(
  token: string,
  method: string,
  path: string,
  body?: unknown,
  socketPath = String(instance?.operatorSocket),
): Promise<OperatorAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        socketPath,
        path: `/operator/v1${path}`,
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
      },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: Number(response.statusCode), body: text && JSON.parse(text) }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
