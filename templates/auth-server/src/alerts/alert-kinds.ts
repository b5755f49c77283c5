/** The rules, as they stand in `alert.<rule>`. */
export type AlertRule =
  | 'cross_tenant_attempts'
  | 'password_spray'
  | 'credential_stuffing'
  | 'refresh_reuse'
  | 'new_device'
  | 'new_country'
  | 'impossible_travel'
  | 'audit_trail_changed'

export interface Alert {
  rule: AlertRule
  /** What it is about: one alert a rule and subject an hour. Never an address. */
  subject: string
  /** Whose organizations learn of it; null when it is about nobody in particular. */
  userId: string | null
  data: Record<string, string | number>
}

/** The heading of an alert's mail, and one sentence for whoever has to act. */
export function wordsOf({ rule, userId, data }: Alert): { title: string; detail: string } {
  const who = `The person ${userId}`
  switch (rule) {
    case 'cross_tenant_attempts':
      return {
        title: 'Somebody tries organizations that are not theirs',
        detail: `${who} asked for ${data.attempts} organizations that they do not belong to within ${data.minutes} minutes. Each was answered as if it did not exist.`,
      }
    case 'password_spray':
      return {
        title: 'One network tries many accounts',
        detail: `One network failed to sign in to ${data.accounts} accounts within ${data.minutes} minutes. The events "login.failed" in the operators' trail hold its address.`,
      }
    case 'credential_stuffing':
      return {
        title: 'Many accounts are tried at once',
        detail: `Sign-ins to ${data.accounts} addresses failed within ${data.minutes} minutes, and ${data.unknown} of them have no account: this looks like a list from a leak.`,
      }
    case 'refresh_reuse':
      return {
        title: 'A refresh token was used twice',
        detail: `${who} or somebody with a copy of their token used one again. The session was ended; they sign in again.`,
      }
    case 'new_device':
      return {
        title: 'A sign-in from a new device',
        detail: `${who} signed in with ${data.device}, where they were not seen before.`,
      }
    case 'new_country':
      return {
        title: 'A sign-in from a new country',
        detail: `${who} signed in from ${data.country}, where they were not seen before.`,
      }
    case 'audit_trail_changed':
      return {
        title: 'An audit trail was changed',
        detail: `The trail ${data.trail} does not verify (${data.kind}). Keep the database as it is, and run authstack audit verify.`,
      }
    case 'impossible_travel':
      return {
        title: 'Two sign-ins too far apart',
        detail: `${who} signed in from ${data.countryBefore} and ${data.minutes} minutes later from ${data.country}, at least ${data.kilometers} kilometers away.`,
      }
  }
}
