import type { Mail, MailTemplate } from './mail.ts'

const to = 'ada@example.com'
const token = 'preview'
const organizationName = 'Northwind Traders'

/** One of each mail, with made-up names: for the preview, and for tests that want all of them. */
const samples: { [T in MailTemplate]: Extract<Mail, { template: T }> } = {
  'verify-email': { template: 'verify-email', to, token, data: {} },
  'password-reset': { template: 'password-reset', to, token, data: {} },
  'password-changed': { template: 'password-changed', to, data: {} },
  'account-exists': { template: 'account-exists', to, data: {} },
  invitation: {
    template: 'invitation',
    to,
    token,
    data: {
      organizationName,
      inviterName: 'Grace Hopper',
      roleName: 'Admin',
      expiresAt: '2026-12-02T09:00:00Z',
    },
  },
  'new-device': {
    template: 'new-device',
    to,
    data: { device: 'Firefox on Windows', country: 'PT', at: '2026-11-25T09:30:00Z' },
  },
  'security-alert': {
    template: 'security-alert',
    to,
    data: {
      rule: 'password_spray',
      title: 'One address tried many accounts',
      detail: '203.0.113.7 failed to sign in to 42 accounts within 10 minutes.',
      organizationName: null,
      at: '2026-11-25T09:30:00Z',
    },
  },
  'payment-failed': {
    template: 'payment-failed',
    to,
    data: { organizationName, planName: 'Pro', until: '2026-12-02T09:00:00Z' },
  },
  'plan-ended': {
    template: 'plan-ended',
    to,
    data: { organizationName, planName: 'Pro', newPlanName: 'Free' },
  },
  'trial-ending': {
    template: 'trial-ending',
    to,
    data: { organizationName, planName: 'Pro', endsAt: '2026-12-02T09:00:00Z' },
  },
  'usage-warning': {
    template: 'usage-warning',
    to,
    data: { organizationName, limit: 'members', used: 8, max: 10 },
  },
  'organization-deleted': {
    template: 'organization-deleted',
    to,
    data: { organizationName, byName: 'Grace Hopper', restorableUntil: '2026-12-25T09:00:00Z' },
  },
  'organization-restored': { template: 'organization-restored', to, data: { organizationName } },
  'ownership-transferred': {
    template: 'ownership-transferred',
    to,
    data: { organizationName, toYou: true, otherName: 'Grace Hopper' },
  },
  'mail-test': { template: 'mail-test', to, data: {} },
}

export const sampleMails: Mail[] = Object.values(samples)
