/** What each mail needs to know. All of it is text and gets escaped where it is written into HTML. */
export interface MailData {
  'verify-email': { returnTo?: string | null }
  'password-reset': { returnTo?: string | null }
  'password-changed': Record<string, never>
  /** To the owner of an address with which somebody tried to sign up. */
  'account-exists': Record<string, never>
  invitation: {
    organizationName: string
    inviterName: string | null
    roleName: string
    /** ISO 8601. */
    expiresAt: string
    returnTo?: string | null
  }
  /** To the person: a sign-in from a device or a country that was not seen before. */
  'new-device': {
    /** "Firefox on Windows", when the browser says. */
    device: string | null
    /** Name or code of the country, when it is known. */
    country: string | null
    /** ISO 8601. */
    at: string
  }
  /** To the addresses of `settings.alerts.mail`. */
  'security-alert': {
    rule: string
    title: string
    detail: string
    organizationName: string | null
    /** ISO 8601. */
    at: string
  }
  /** These four go to those who may change plan and payment. */
  'payment-failed': {
    organizationName: string
    planName: string
    /** ISO 8601; until then the plan stays. Null: it has ended already. */
    until: string | null
  }
  'plan-ended': { organizationName: string; planName: string; newPlanName: string }
  'trial-ending': {
    organizationName: string
    planName: string
    /** ISO 8601. */
    endsAt: string
  }
  'usage-warning': {
    organizationName: string
    /** Name of the limit in the plan: `members`, `monthlyActiveUsers` ... */
    limit: string
    used: number
    max: number
  }
  'organization-deleted': {
    organizationName: string
    byName: string | null
    /** ISO 8601. */
    restorableUntil: string
  }
  'organization-restored': { organizationName: string }
  /** To both: the new owner (`toYou`) and the one before. */
  'ownership-transferred': {
    organizationName: string
    toYou: boolean
    otherName: string | null
  }
  /** What `authstack mail test` sends. */
  'mail-test': Record<string, never>
}

export type MailTemplate = keyof MailData

export type Mail = {
  [T in MailTemplate]: {
    template: T
    /** Lower-case address. */
    to: string
    data: MailData[T]
    /** Goes into the fragment of the link. Encrypted while it waits, gone once it is sent. */
    token?: string
    /** Of the request that caused it (`mailLocale`); the person's own language goes before it. */
    locale?: string
  }
}[MailTemplate]
