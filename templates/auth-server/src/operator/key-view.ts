import { z } from 'zod'
import type { ApiKey } from '../keys/api-key.ts'

export const keyShape = z.object({
  id: z.string(),
  kind: z.enum(['browser', 'native', 'secret']),
  mode: z.enum(['live', 'test']),
  name: z.string(),
  /** Null for secret keys after their creation: nobody can read them again. */
  key: z.string().nullable(),
  origins: z.array(z.string()),
  redirectUris: z.array(z.string()),
  sessionDelivery: z.enum(['cookie', 'bff', 'body']).nullable(),
  scopes: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
})

export function toKeyView(key: ApiKey, clear: string | null): z.input<typeof keyShape> {
  return {
    ...key,
    key: clear,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}
