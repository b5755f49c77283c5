import type { Auth } from './create-verifier.ts'

/** The part of Express's request that the middlewares use; no dependency on its types. */
export interface AuthRequest {
  headers: Record<string, string | string[] | undefined>
  /** Set by `requireAuth`. */
  auth?: Auth
}

export interface AuthResponse {
  status(code: number): AuthResponse
  setHeader(name: string, value: string | readonly string[]): unknown
  end(body?: string): unknown
}

export type Next = (error?: unknown) => void

export type Middleware = (request: AuthRequest, response: AuthResponse, next: Next) => void
