/** A person as the import route takes them; absent is "the file does not say". */
export type Person = {
  email: string
  emailVerified?: boolean
  firstName?: string
  lastName?: string
  fields?: Record<string, unknown>
  createdAt?: string
  /** False: blocked at the other system. */
  enabled?: boolean
  password?: Password
  /** Slug or id of an organization that is there. */
  organization?: string
  role?: string
}

/** A hash as text (bcrypt, argon2, PBKDF2), or a password of a Keycloak export. Never shown, never logged. */
export type Password =
  | { hash: string }
  | {
      algorithm: string
      hashIterations: number
      value: string
      salt?: string | null
      additionalParameters?: Record<string, string[]>
    }

/** One entry of a file: where it is, and the person or why there is none. `skip`: no person by design. */
export type Entry = { line: number } & (
  | { person: Person }
  | { fault: string; email?: string }
  | { skip: string }
)

export const formats = ['csv', 'jsonl', 'keycloak', 'auth0', 'clerk'] as const
export type Format = (typeof formats)[number]

export const formatNames: Record<Format, string> = {
  csv: 'CSV',
  jsonl: 'JSON lines',
  keycloak: 'a Keycloak realm export',
  auth0: 'an Auth0 export',
  clerk: 'a Clerk export',
}

/** One record of a file, before anybody knows whose export it is. */
export type FileRecord =
  | { line: number; value: Record<string, unknown> }
  | { line: number; fault: string }
