import { randomInt } from 'node:crypto'
import { instance } from './instance.ts'
import { newKey } from './operator.ts'

const address = `198.18.${randomInt(256)}.${randomInt(1, 255)}`
const secrets = new Map<string, Promise<string>>()

/**
 * Headers by which this test process calls from an address of its own, as a customer's backend would
 * for its users. All suites share one computer; the limits per address must not make them meet.
 */
export async function ownAddress(mode: 'live' | 'test' = 'live'): Promise<Record<string, string>> {
  const owner = `${instance().api} ${mode}`
  if (!secrets.has(owner)) secrets.set(owner, backendSecret(mode))
  return {
    'x-authstack-secret': (await secrets.get(owner)) ?? '',
    'x-authstack-client-ip': address,
  }
}

async function backendSecret(mode: 'live' | 'test'): Promise<string> {
  return (await newKey({ kind: 'secret', scopes: ['bff'] }, mode)).key
}
