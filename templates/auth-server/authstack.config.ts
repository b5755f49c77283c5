import type { Settings } from './src/settings.ts'

export default {
  project: 'acme-auth',
  name: 'Acme',
  theme: { primaryColor: '#4f46e5', fontFamily: 'system', radius: '8px', darkMode: 'system' },
  logo: null,
  locales: ['en'],
  signup: { enabled: true, emailVerification: 'required', fields: [] },
  signIn: { password: true, magicLink: false, emailCode: false, passkeys: false, social: [] },
  passwordPolicy: { minLength: 12 },
  session: { refreshDays: 30, idleMinutes: null },
  security: {
    loginThrottle: { attempts: 5, windowMinutes: 15 },
    captcha: null,
    ipAllowlist: [],
  },
  permissions: [
    { name: 'projects:view', description: 'See projects' },
    { name: 'projects:create', description: 'Create projects' },
    { name: 'projects:edit', description: 'Edit projects' },
    { name: 'projects:delete', description: 'Delete projects' },
  ],
  roles: {
    admin: [
      'organization:settings:view',
      'organization:settings:edit',
      'members:*',
      'roles:view',
      'audit:view',
      'projects:*',
    ],
    member: ['organization:settings:view', 'members:view', 'projects:view', 'projects:create'],
    viewer: ['members:view', 'projects:view'],
  },
  plans: [{ id: 'free', name: 'Free', priceMonthly: 0, limits: { members: 10 }, features: [] }],
  organizations: { max: 500, perUserMax: 3, perHourMax: 100 },
  allowedOrigins: [],
  redirectUris: [],
  webhooks: [],
  environments: { local: { target: 'local', port: null } },
} satisfies Settings
