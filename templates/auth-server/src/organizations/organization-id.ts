import { createHash, randomUUID } from 'node:crypto'

/**
 * The id of an organization that is about to be made. With an Idempotency-Key it follows from person
 * and key: when the process dies in between and the caller repeats the request, the second attempt
 * means the same organization, whatever the sweeper has made of the first.
 */
export function newOrganizationId(userId: string, idempotencyKey: string | null): string {
  if (idempotencyKey === null) return randomUUID()
  const bytes = createHash('sha256')
    .update(`organization\n${userId}\n${idempotencyKey}`)
    .digest()
    .subarray(0, 16)
  // RFC 9562: version 8 is for ids that an application derives its own way.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [0, 8, 12, 16, 20].map((at, n, all) => hex.slice(at, all[n + 1])).join('-')
}
