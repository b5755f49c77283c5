/** A person. `null` means the person has not given it. */
export interface User {
  id: string
  email: string
  emailVerified: boolean
  firstName: string | null
  lastName: string | null
  /** First and last name, else the part of the address before the `@`. */
  name: string
  avatarUrl: string | null
  /** Answers to the project's own signup fields. */
  fields: Record<string, unknown>
  /** ISO 8601. */
  createdAt: string
}

/** An organization as a list shows it. `role` is the role's slug. */
export interface OrganizationRef {
  id: string
  slug: string
  name: string
  role: string
  logoUrl: string | null
}

/** An organization with what the signed-in person may do in it. */
export interface Organization extends OrganizationRef {
  /** `primaryColor` like "#4f46e5", or null for the instance's own. */
  branding: { primaryColor: string | null }
  /** Slug of the role that people get where none is named. */
  settings: { defaultRole: string | null }
  plan: string
  createdAt: string
  permissions: string[]
  /** Of a deleted organization: until when its owners can bring it back. */
  restorableUntil: string | null
}

export interface RoleRef {
  id: string
  slug: string
  name: string
}

export interface Role extends RoleRef {
  description: string | null
  builtIn: boolean
  permissions: string[]
}

export interface Member {
  userId: string
  email: string
  firstName: string | null
  lastName: string | null
  name: string
  avatarUrl: string | null
  role: RoleRef
  status: string
  joinedAt: string
}

export interface Invitation {
  id: string
  email: string
  role: RoleRef
  status: 'pending' | 'accepted' | 'expired' | 'cancelled'
  expiresAt: string
  createdAt: string
  invitedBy: { userId: string; name: string } | null
}

/** What an invitation link says before anybody has accepted it. */
export interface InvitationPreview {
  email: string
  organization: { name: string; logoUrl: string | null }
  role: { name: string }
  inviterName: string | null
  hasAccount: boolean
  expiresAt: string
}

export interface SignupField {
  name: string
  type: 'text' | 'phone' | 'select' | 'checkbox'
  label: string
  required: boolean
  options?: string[]
}

export type SessionDelivery = 'cookie' | 'bff' | 'body'

/** `GET /api/v1/config`: what the instance tells any browser that holds the key. */
export interface InstanceConfig {
  project: string
  name: string
  mode: 'live' | 'test'
  version: string
  theme: {
    primaryColor: string
    fontFamily: string
    radius: string
    darkMode: 'system' | 'light' | 'dark'
  }
  logo: { src: string; alt: string } | null
  locales: string[]
  methods: {
    password: boolean
    magicLink: boolean
    emailCode: boolean
    passkeys: boolean
    social: string[]
  }
  signup: { enabled: boolean; emailVerification: string; fields: SignupField[] }
  passwordPolicy: { minLength: number; maxBytes: number }
  plans: unknown[]
  sessionDelivery: SessionDelivery
  keyId: string
}

/** What every route that signs a person in answers. `expiresIn` is in seconds. */
export interface SessionAnswer {
  accessToken: string
  refreshToken?: string
  expiresIn: number
  user: User
  organizations: OrganizationRef[]
  organization: Organization | null
}

export interface SwitchAnswer {
  accessToken: string
  expiresIn: number
  organization: Organization
}

export interface SignupData {
  email: string
  password: string
  firstName?: string
  lastName?: string
  fields?: Record<string, unknown>
  invitationToken?: string
}

/** `check_email`: a mail is on its way. `verified`: the invitation proved the address. */
export interface SignupResult {
  status: 'check_email' | 'verified'
}

export interface ProfileData {
  firstName?: string | null
  lastName?: string | null
  fields?: Record<string, unknown>
}

export interface Page<T> {
  data: T[]
  page: { nextCursor: string | null; hasMore: boolean }
}
