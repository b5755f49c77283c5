import { z } from 'zod'

export const USER_COLUMNS = [
  'id',
  'email',
  'email_verified_at',
  'first_name',
  'last_name',
  'avatar_url',
  'fields',
  'state',
  'created_at',
] as const

export interface UserRow {
  id: string
  email: string
  email_verified_at: Date | null
  first_name: string | null
  last_name: string | null
  avatar_url: string | null
  fields: Record<string, unknown>
  state: 'pending' | 'active' | 'disabled'
  created_at: Date
}

/** A person, as the person sees it. */
export const userSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  emailVerified: z.boolean(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  name: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  fields: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
})

export function toUser(row: UserRow): z.input<typeof userSchema> {
  const name = [row.first_name, row.last_name].filter(Boolean).join(' ')
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified_at !== null,
    firstName: row.first_name,
    lastName: row.last_name,
    name: name === '' ? null : name,
    avatarUrl: row.avatar_url,
    fields: row.fields,
    createdAt: row.created_at.toISOString(),
  }
}
