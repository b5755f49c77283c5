export { AuthStackError, type FieldError, isAuthStackError } from '../core/authstack-error.ts'
export type { CallOptions, Page, Paged } from './api/caller.ts'
export type * from './api/resources.ts'
export { type BffHandler, type BffOptions, bff } from './bff.ts'
export { type AuthStackClient, type ClientOptions, createClient } from './create-client.ts'
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
export {
  type VerifyWebhookOptions,
  verifyWebhook,
  type WebhookHeaders,
} from './verify-webhook.ts'
export { WebhookError } from './webhook-error.ts'
export {
  isMemberEvent,
  type MemberEvent,
  type OrganizationEvent,
  type WebhookActor,
  type WebhookEvent,
} from './webhook-events.ts'
