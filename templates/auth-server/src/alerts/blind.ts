import { createHmac, hkdfSync } from 'node:crypto'

/** Tells two networks or two addresses apart and says nothing of either: a hash by a key of this instance. */
export function blind(masterKey: Buffer, value: string): string {
  const key = Buffer.from(hkdfSync('sha256', masterKey, 'authstack-alerts', 'blind', 32))
  return createHmac('sha256', key).update(value).digest('base64url').slice(0, 22)
}
