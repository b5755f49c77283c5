import type { MailWords } from './mail-words.ts'

export const en: MailWords = {
  orOpen: 'Or open this link:',
  sentBy: (name) => `Sent by ${name}.`,
  mails: {
    'verify-email': (_data, { name }) => ({
      subject: `Verify your email for ${name}`,
      heading: 'Verify your email',
      paragraphs: [
        `Confirm that this address is yours, and your ${name} account is ready.`,
        'The link works once and expires in 24 hours.',
      ],
      button: 'Verify email',
      reason: `Somebody signed up for ${name} with this address. If it was not you, ignore this mail and nothing happens.`,
    }),
    'password-reset': (_data, { name }) => ({
      subject: `Reset your ${name} password`,
      heading: 'Reset your password',
      paragraphs: [
        'Choose a new password with the button below. You will be signed out everywhere.',
        'The link works once and expires in 1 hour.',
      ],
      button: 'Choose a new password',
      reason: `Somebody asked to reset the password of your ${name} account. If it was not you, ignore this mail; your password stays as it is.`,
    }),
    'password-changed': (_data, { name }) => ({
      subject: `Your ${name} password was changed`,
      heading: 'Your password was changed',
      paragraphs: ['You were signed out everywhere. Sign in with the new password.'],
      button: 'It was not me',
      reason: `The password of your ${name} account was changed just now.`,
    }),
    'account-exists': (_data, { name }) => ({
      subject: `You already have an account at ${name}`,
      heading: 'You already have an account',
      paragraphs: [
        `Somebody tried to sign up for ${name} with your address. There is an account already, so nothing was changed.`,
        'If it was you, sign in, or reset your password.',
      ],
      button: 'Sign in',
      reason: `Somebody entered this address in the sign-up form of ${name}. If it was not you, you need do nothing.`,
    }),
    invitation: ({ organizationName, inviterName, roleName, expiresAt }, { name, to, date }) => ({
      subject: `Join ${organizationName} on ${name}`,
      heading: `Join ${organizationName}`,
      paragraphs: [
        `${inviterName ?? 'A member'} invited you to ${organizationName} on ${name}, as ${roleName}.`,
        `The invitation is for ${to} and can be accepted until ${date(expiresAt)}.`,
      ],
      button: 'View invitation',
      reason: `${inviterName ?? 'A member'} entered this address in ${name}. If you do not know them, ignore this mail.`,
    }),
    'new-device': ({ device, country, at }, { name, time }) => ({
      subject: `New sign-in to your ${name} account`,
      heading: 'New sign-in to your account',
      paragraphs: [
        `Somebody signed in with ${device ?? 'a device that we had not seen before'}${country ? ` in ${country}` : ''}, on ${time(at)}.`,
        'If it was you, there is nothing to do. If not, choose a new password now: that signs out every device.',
      ],
      button: 'It was not me',
      reason: `Your ${name} account was used from a device or a country that is new to us.`,
    }),
    'security-alert': ({ rule, title, detail, organizationName, at }, { name, time }) => ({
      subject: `${name} security alert: ${title}`,
      heading: title,
      paragraphs: [
        detail,
        `${organizationName ? `Organization: ${organizationName}. ` : ''}Seen on ${time(at)}.`,
      ],
      reason: `The rule "${rule}" of ${name} is set to alert this address.`,
    }),
    'payment-failed': ({ organizationName, planName, until }, { name, date }) => ({
      subject: `Payment failed for ${organizationName}`,
      heading: 'The payment did not go through',
      paragraphs: [
        `The payment of ${organizationName} for the plan ${planName} failed.`,
        until
          ? `Everything stays as it is until ${date(until)}. Update the way you pay before then to keep the plan.`
          : 'The plan has ended. Update the way you pay to have it again.',
      ],
      button: 'Update payment',
      reason: `You may change the plan and the payment of ${organizationName} on ${name}.`,
    }),
    'plan-ended': ({ organizationName, planName, newPlanName }, { name }) => ({
      subject: `${organizationName} is now on the plan ${newPlanName}`,
      heading: `The plan ${planName} has ended`,
      paragraphs: [
        `${organizationName} is now on ${newPlanName}. Nothing was deleted; what goes beyond the limits of ${newPlanName} can be seen, and not added to.`,
      ],
      button: 'Choose a plan',
      reason: `You may change the plan and the payment of ${organizationName} on ${name}.`,
    }),
    'trial-ending': ({ organizationName, planName, endsAt }, { name, date }) => ({
      subject: `The trial of ${organizationName} ends on ${date(endsAt)}`,
      heading: 'Your trial ends soon',
      paragraphs: [
        `${organizationName} tries the plan ${planName} until ${date(endsAt)}.`,
        'Add a way to pay before then to keep it.',
      ],
      button: 'Add payment',
      reason: `You may change the plan and the payment of ${organizationName} on ${name}.`,
    }),
    'usage-warning': ({ organizationName, limit, used, max }, { name }) => ({
      subject: `${organizationName} uses ${used} of ${max} ${limitName(limit)}`,
      heading: used >= max ? 'A limit of your plan is reached' : 'A limit of your plan is near',
      paragraphs: [
        `${organizationName} uses ${used} of the ${max} ${limitName(limit)} of its plan.`,
        'A larger plan raises the limit. Nobody who is in is shut out.',
      ],
      button: 'See plans',
      reason: `You may change the plan and the payment of ${organizationName} on ${name}.`,
    }),
    'organization-deleted': ({ organizationName, byName, restorableUntil }, { name, date }) => ({
      subject: `${organizationName} was deleted`,
      heading: `${organizationName} was deleted`,
      paragraphs: [
        `${byName ?? 'An owner'} deleted ${organizationName} on ${name}. Nobody can sign in to it any more.`,
        `An owner can restore it until ${date(restorableUntil)}. After that its data is gone for good.`,
      ],
      reason: `You were an owner of ${organizationName} on ${name}.`,
    }),
    'organization-restored': ({ organizationName }, { name }) => ({
      subject: `${organizationName} was restored`,
      heading: `${organizationName} was restored`,
      paragraphs: ['Its members can sign in again, and everything is where it was.'],
      button: 'Open',
      reason: `You are an owner of ${organizationName} on ${name}.`,
    }),
    'ownership-transferred': ({ organizationName, toYou, otherName }, { name }) => ({
      subject: toYou ? `You now own ${organizationName}` : `${organizationName} has a new owner`,
      heading: toYou ? `You now own ${organizationName}` : `${organizationName} has a new owner`,
      paragraphs: toYou
        ? [
            `${otherName ?? 'The owner before you'} made you the owner of ${organizationName} on ${name}. You may do everything there, plan and payment included.`,
          ]
        : [
            `${otherName ?? 'Another member'} is the owner of ${organizationName} now. You stay in it as an admin.`,
            `If that was not your doing, change your ${name} password and speak to the new owner.`,
          ],
      button: 'Open',
      reason: `The owner of ${organizationName} on ${name} has changed.`,
    }),
    'mail-test': (_data, { name }) => ({
      subject: `Test mail from ${name}`,
      heading: 'Mails arrive',
      paragraphs: [
        `This is how mails of ${name} look. If you found it among the spam, look at SPF, DKIM and DMARC: authstack mail test says what is missing.`,
      ],
      reason: `Somebody who runs ${name} sent a test mail to this address.`,
    }),
  },
}

const limits: Record<string, string> = {
  members: 'members',
  monthlyActiveUsers: 'monthly active users',
  organizations: 'organizations',
  customRoles: 'custom roles',
  domains: 'domains',
  departments: 'departments',
  apiKeys: 'API keys',
}

function limitName(limit: string): string {
  return limits[limit] ?? limit
}
