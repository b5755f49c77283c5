/**
 * Why a webhook was not taken: answer 400 and forget it. `code` is `headers_missing`,
 * `timestamp_outside` (replayed, or a clock is wrong), `signature_wrong` or `body_invalid`.
 */
export class WebhookError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'WebhookError'
    this.code = code
  }
}
