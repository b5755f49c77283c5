// Generated from templates/auth-server/openapi.json by "npm run client --workspace scripts".
// Not edited by hand: a test compares it with a fresh one.
import type { Caller, CallOptions, Paged } from './caller.ts'

export interface Organization {
  id: string
  slug: string
  name: string
  plan: string
  memberCount: number
  createdAt: string
}

export interface Member {
  userId: string
  email: string
  firstName: string | null
  lastName: string | null
  name: string | null
  avatarUrl: string | null
  role: {
    id: string
    slug: string
    name: string
  }
  status: string
  joinedAt: string
}

export interface User {
  id: string
  email: string
  emailVerified: boolean
  firstName: string | null
  lastName: string | null
  name: string | null
  avatarUrl: string | null
  fields: Record<string, unknown>
  createdAt: string
  state: 'pending' | 'active' | 'disabled'
}

export interface BackendRevokeUserSessionsAnswer {
  revoked: number
}

export interface BackendListOrganizationsQuery {
  limit?: number
  after?: string
}

export interface BackendCreateOrganizationBody {
  name: string
  slug?: string
  owner:
    | {
        userId: string
      }
    | {
        email: string
      }
}

export interface BackendListMembersQuery {
  limit?: number
  after?: string
  search?: string
  role?: string
  status?: 'active' | 'suspended'
}

export interface BackendAddMemberBody {
  user:
    | {
        userId: string
      }
    | {
        email: string
      }
  role: string
}

export interface BackendUpdateMemberBody {
  role: string
}

export interface BackendListUsersQuery {
  limit?: number
  after?: string
  email?: string
  state?: 'active' | 'disabled'
}

export interface BackendCreateUserBody {
  email: string
  password?: string
  firstName?: string
  lastName?: string
  fields?: Record<string, unknown>
  emailVerified?: boolean
}

/** The calls by resource. Every one rejects with an `AuthStackError`. */
export function createResources(call: Caller) {
  return {
    organizations: {
      /** List all organizations, the oldest first. Scope `organizations:read`. */
      list: (
        query: BackendListOrganizationsQuery = {},
        options: CallOptions = {},
      ): Paged<Organization> =>
        call.list({ method: 'GET', path: '/api/v1/backend/organizations', query }, options),
      /** Create an organization for its owner. Scope `organizations:write`. */
      create: (
        body: BackendCreateOrganizationBody,
        options: CallOptions = {},
      ): Promise<Organization> =>
        call.one(
          { method: 'POST', path: '/api/v1/backend/organizations', body, isIdempotent: true },
          options,
        ),
      /** One organization. Scope `organizations:read`. */
      get: (orgId: string, options: CallOptions = {}): Promise<Organization> =>
        call.one(
          { method: 'GET', path: `/api/v1/backend/organizations/${encodeURIComponent(orgId)}` },
          options,
        ),
      members: {
        /** List the members of an organization, in the order they joined. Scope `organizations:read`. */
        list: (
          orgId: string,
          query: BackendListMembersQuery = {},
          options: CallOptions = {},
        ): Paged<Member> =>
          call.list(
            {
              method: 'GET',
              path: `/api/v1/backend/organizations/${encodeURIComponent(orgId)}/members`,
              query,
            },
            options,
          ),
        /** Make a person a member. Scope `organizations:write`. */
        add: (
          orgId: string,
          body: BackendAddMemberBody,
          options: CallOptions = {},
        ): Promise<Member> =>
          call.one(
            {
              method: 'POST',
              path: `/api/v1/backend/organizations/${encodeURIComponent(orgId)}/members`,
              body,
              isIdempotent: true,
            },
            options,
          ),
        /** One member. Scope `organizations:read`. */
        get: (orgId: string, userId: string, options: CallOptions = {}): Promise<Member> =>
          call.one(
            {
              method: 'GET',
              path: `/api/v1/backend/organizations/${encodeURIComponent(orgId)}/members/${encodeURIComponent(userId)}`,
            },
            options,
          ),
        /** Change the role of a member. Scope `organizations:write`. */
        update: (
          orgId: string,
          userId: string,
          body: BackendUpdateMemberBody,
          options: CallOptions = {},
        ): Promise<Member> =>
          call.one(
            {
              method: 'PATCH',
              path: `/api/v1/backend/organizations/${encodeURIComponent(orgId)}/members/${encodeURIComponent(userId)}`,
              body,
            },
            options,
          ),
        /** Remove a member. Scope `organizations:write`. */
        remove: (orgId: string, userId: string, options: CallOptions = {}): Promise<void> =>
          call.one(
            {
              method: 'DELETE',
              path: `/api/v1/backend/organizations/${encodeURIComponent(orgId)}/members/${encodeURIComponent(userId)}`,
            },
            options,
          ),
      },
    },
    users: {
      /** List people, the oldest first; with email the one who has it. Scope `users:read`. */
      list: (query: BackendListUsersQuery = {}, options: CallOptions = {}): Paged<User> =>
        call.list({ method: 'GET', path: '/api/v1/backend/users', query }, options),
      /** Make a person; without a password they set one by a reset link. Scope `users:write`. */
      create: (body: BackendCreateUserBody, options: CallOptions = {}): Promise<User> =>
        call.one(
          { method: 'POST', path: '/api/v1/backend/users', body, isIdempotent: true },
          options,
        ),
      /** One person. Scope `users:read`. */
      get: (userId: string, options: CallOptions = {}): Promise<User> =>
        call.one(
          { method: 'GET', path: `/api/v1/backend/users/${encodeURIComponent(userId)}` },
          options,
        ),
      /** Suspend a person everywhere: signed out at once, and signs in nowhere. Scope `users:write`. */
      suspend: (userId: string, options: CallOptions = {}): Promise<User> =>
        call.one(
          { method: 'POST', path: `/api/v1/backend/users/${encodeURIComponent(userId)}/suspend` },
          options,
        ),
      /** Take a suspended person back. Scope `users:write`. */
      reactivate: (userId: string, options: CallOptions = {}): Promise<User> =>
        call.one(
          {
            method: 'POST',
            path: `/api/v1/backend/users/${encodeURIComponent(userId)}/reactivate`,
          },
          options,
        ),
      /** Sign a person out everywhere, at once. Scope `users:write`. */
      revokeSessions: (
        userId: string,
        options: CallOptions = {},
      ): Promise<BackendRevokeUserSessionsAnswer> =>
        call.one(
          {
            method: 'POST',
            path: `/api/v1/backend/users/${encodeURIComponent(userId)}/revoke-sessions`,
          },
          options,
        ),
    },
  }
}
