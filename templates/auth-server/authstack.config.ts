import type { Settings } from './src/settings.ts'

// The settings of this server. They are read as data and never run, so they are plain values: no
// variables, no calls. A name that is not known or a value that does not fit stops the deploy and
// names the line. Secrets do not belong here: `authstack secrets set NAME`.
export default {
  // Part of every token, cookie and database, so it never changes.
  project: 'acme-auth',
  // What people read on the pages and in mails.
  name: 'Acme',

  // fontFamily: 'system' or a CSS list. radius: px or rem. darkMode: 'system', 'light' or 'dark'.
  theme: { primaryColor: '#4f46e5', fontFamily: 'system', radius: '8px', darkMode: 'system' },
  // { src: 'https://...', alt: 'Acme' }
  logo: null,
  // The first is for those who wish for none of them. Mails are written in en, de, es and fr.
  locales: ['en'],

  // emailVerification: 'required' or 'optional'. A field of your own:
  // { name: 'company', type: 'text', label: 'Company', required: true }
  // (type: 'text', 'phone', 'checkbox', or 'select' with options: ['A', 'B'])
  signup: { enabled: true, emailVerification: 'required', fields: [] },
  // All but the password come with a later version and must stay as they are until then.
  signIn: { password: true, magicLink: false, emailCode: false, passkeys: false, social: [] },
  // 8 to 72 characters; bcrypt reads 72 bytes, and a longer password is refused, not cut.
  passwordPolicy: { minLength: 12 },
  // idleMinutes: a session ends after so long without use; null: only after refreshDays.
  session: { refreshDays: 30, idleMinutes: null },
  security: {
    // After so many wrong passwords for one address within the window, further ones wait.
    loginThrottle: { attempts: 5, windowMinutes: 15 },
    // Both come with a later version.
    captcha: null,
    ipAllowlist: [],
  },

  // Your product's own; members, roles, settings, billing and audit have theirs built in
  // (`GET /api/v1/organizations/{orgId}/permissions` lists all).
  permissions: [
    { name: 'projects:view', description: 'See projects' },
    { name: 'projects:create', description: 'Create projects' },
    { name: 'projects:edit', description: 'Edit projects' },
    { name: 'projects:delete', description: 'Delete projects' },
  ],
  // The roles of every organization. 'projects:*' is every permission that begins so. An owner has
  // all permissions and is not listed.
  roles: {
    admin: [
      'organization:settings:view',
      'organization:settings:edit',
      'members:*',
      'domains:*',
      'departments:*',
      'roles:view',
      'audit:view',
      'projects:*',
    ],
    member: ['organization:settings:view', 'members:view', 'projects:view', 'projects:create'],
    viewer: ['members:view', 'projects:view'],
  },
  // What an organization may have. Counted are members (open invitations too), monthlyActiveUsers,
  // customRoles, domains, departments and apiKeys; what is not named has no limit. One that is sold:
  // { id: 'pro', name: 'Pro', priceMonthly: 49, trialDays: 14, auditRetentionDays: 365,
  //   stripePriceId: { live: 'price_...', test: 'price_...' },
  //   limits: { members: 100, monthlyActiveUsers: 10000 }, features: ['sso'] }
  plans: [{ id: 'free', name: 'Free', priceMonthly: 0, limits: { members: 10 }, features: [] }],
  // { provider: 'stripe', graceDays: 7 } sells plans through your own account of Stripe; a plan stays
  // for graceDays after a payment failed.
  billing: { provider: null },
  // Each organization has a Keycloak realm, which takes memory: how many there may be, how many one
  // person may create, and how many all together in an hour.
  // A deleted organization can be brought back for 30 days: deletionGraceDays.
  organizations: { max: 500, perUserMax: 3, perHourMax: 100 },

  // For every key. A key has lists of its own: `authstack keys create --origin`.
  allowedOrigins: [],
  redirectUris: [],
  // URLs of yours that are told of events, signed as Standard Webhooks say. secret is the NAME of a
  // secret: `authstack secrets set WEBHOOK_SECRET`. https only; on your own computer http://localhost too.
  // { url: 'https://app.example.com/hooks', events: ['member.*', 'organization.*'], secret: 'WEBHOOK_SECRET' }
  // With mode: 'test' it is told of test data instead.
  webhooks: [],
  // Without mail, mails go to the SMTP server of the environment; locally that is the mailbox. Its key
  // is a secret: RESEND_API_KEY, POSTMARK_SERVER_TOKEN, SENDGRID_API_KEY, SMTP_PASSWORD, or
  // AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. `authstack mail test --to you@acme.com` tries it.
  // mail: { provider: 'resend', from: 'Acme <no-reply@acme.com>' },
  // mail: { provider: 'ses', from: 'Acme <no-reply@acme.com>', region: 'eu-central-1' },
  // mail: { provider: 'smtp', from: 'Acme <no-reply@acme.com>', host: 'smtp.acme.com', user: 'acme' },

  // port: null takes a free one at the first deploy and keeps it.
  environments: { local: { target: 'local', port: null } },
} satisfies Settings
