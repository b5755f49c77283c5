/**
 * Why a webhook was not taken: answer 400 and forget it. `code` is `webhook_incomplete`,
 * `webhook_too_old` (replayed, or a clock is wrong), `webhook_signature_wrong` or `webhook_body_invalid`.
 */
export class WebhookError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'WebhookError'
    this.code = code
  }
}
