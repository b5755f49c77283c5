import { existsSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { credential, instance, keycloakUrl, stateFolder } from './instance.ts'
import { type Answer, request } from './request.ts'

/** A key as operators see it; `key` is there for new and for publishable ones. */
export type Key = { id: string; kind: string; mode: string; key: string }

/** Calls an operator route on the live colour's local socket, with a token of realm `operators`. */
export async function operate(
  method: string,
  path: string,
  json?: unknown,
  mode: 'live' | 'test' = 'live',
): Promise<Answer> {
  const url = new URL(`http://operator/operator/v1/${path}`)
  url.searchParams.set('mode', mode)
  return request(url.href, {
    method,
    json,
    socketPath: operatorSocket(),
    headers: { authorization: `Bearer ${await operatorToken()}` },
  })
}

/** Makes a key of its own for a test. */
export async function newKey(
  wanted: Record<string, unknown>,
  mode: 'live' | 'test' = 'live',
): Promise<Key> {
  const made = await operate('POST', 'keys', { name: 'acceptance test', ...wanted }, mode)
  if (made.status !== 201) throw new Error(`keys: ${made.status} ${made.text}`)
  return made.body
}

/** A token as the CLI gets it: client credentials of `authstack-cli`. */
export async function operatorToken(): Promise<string> {
  const answer = await request(`${keycloakUrl()}/realms/operators/protocol/openid-connect/token`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    raw: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'authstack-cli',
      client_secret: credential('operator-client'),
    }).toString(),
  })
  if (answer.status !== 200) throw new Error(`operator token: ${answer.status} ${answer.text}`)
  return answer.body.access_token
}

/** The socket beside the one that live.sock points at. */
export function operatorSocket(): string {
  const given = instance().operatorSocket
  if (given) return given
  const live = readlinkSync(join(stateFolder(), 'live.sock'))
  const colour = /([ab])\.sock$/.exec(live)?.[1]
  const socket = join(stateFolder(), `operator-${colour}.sock`)
  if (!existsSync(socket)) throw new Error(`${live} is live, but there is no ${socket}`)
  return socket
}
