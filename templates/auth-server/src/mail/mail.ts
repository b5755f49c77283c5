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
  }
}[MailTemplate]
