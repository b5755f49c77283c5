export { type BffHandler, type BffOptions, bff } from './bff.ts'
export {
  type Auth,
  createVerifier,
  type Verifier,
  type VerifierOptions,
} from './create-verifier.ts'
export type { AuthRequest, AuthResponse, Middleware, Next } from './http-types.ts'
export { requireAuth } from './require-auth.ts'
export { requireOrganization } from './require-organization.ts'
export { requirePermission } from './require-permission.ts'
export { VerificationError } from './verification-error.ts'
