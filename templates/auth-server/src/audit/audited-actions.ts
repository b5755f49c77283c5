/** A route that changes something leaves one of these events, or says why it leaves none. */
export type Audited = string[] | { none: string }

/**
 * Every route that is not a GET, by its operation id. A test holds this against the tables of routes,
 * and each event against the code: a new route without a line fails, and so does a line without one.
 *
 * Operators' events have `operator.` before their name in the operators' trail.
 */
export const auditedActions: Record<string, Audited> = {
  signup: ['signup.started', 'signup.repeated', 'invitation.accepted'],
  verifyEmail: ['email.verified', 'session.started'],
  resendVerification: ['email.verification_resent'],
  login: ['login.succeeded', 'login.failed'],
  refresh: ['session.refresh_reused'],
  switchOrganization: { none: 'mints a token of 300 s for a session whose start was recorded' },
  appToken: { none: 'mints a token of 300 s for a session whose start was recorded' },
  logout: ['session.ended'],
  requestPasswordReset: ['password.reset_requested'],
  confirmPasswordReset: ['password.changed'],
  completeAuthorization: { none: 'makes a code of 60 s; its exchange is recorded' },
  exchangeCode: ['session.started'],
  introspect: { none: 'reads' },

  updateMe: ['profile.updated'],
  revokeSession: ['session.ended'],
  revokeSessions: ['session.ended'],

  createOrganization: ['organization.created'],
  updateOrganization: ['organization.updated'],
  deleteOrganization: ['organization.deleted'],
  restoreOrganization: ['organization.restored'],
  transferOwnership: ['organization.ownership_transferred'],
  joinOrganization: ['member.joined'],
  leaveOrganization: ['member.left'],
  updateMember: ['member.role_changed'],
  removeMember: ['member.removed'],
  suspendMember: ['member.suspended'],
  reactivateMember: ['member.reactivated'],

  createRole: ['role.created'],
  updateRole: ['role.updated'],
  setRolePermissions: ['role.permissions_changed'],
  deleteRole: ['role.deleted'],
  createDepartment: ['department.created'],
  updateDepartment: ['department.updated'],
  deleteDepartment: ['department.deleted'],
  addDepartmentMember: ['department.member_added'],
  removeDepartmentMember: ['department.member_removed'],

  addDomain: ['domain.added'],
  updateDomain: ['domain.updated'],
  removeDomain: ['domain.removed'],
  verifyDomain: ['domain.verified'],

  createInvitation: ['invitation.created'],
  cancelInvitation: ['invitation.cancelled'],
  resendInvitation: ['invitation.resent'],
  lookupInvitation: { none: 'reads' },
  acceptInvitation: ['invitation.accepted'],

  startCheckout: ['subscription.checkout_started'],
  openBillingPortal: ['subscription.portal_opened'],
  cancelSubscription: ['subscription.canceled'],
  resumeSubscription: ['subscription.resumed'],
  receiveStripeEvent: [
    'subscription.started',
    'subscription.plan_changed',
    'subscription.payment_failed',
    'subscription.payment_recovered',
    'subscription.canceled',
    'subscription.resumed',
    'subscription.ended',
  ],

  createKey: ['key.created'],
  updateKey: ['key.updated'],
  rotateKey: ['key.rotated'],
  revokeKey: ['key.revoked'],
  operatorSetOrganization: ['organization.entitlements_changed'],
  operatorReplayWebhookDelivery: ['webhook.replayed'],
  operatorReplayWebhookDeliveries: ['webhooks.replayed'],
  operatorTestWebhook: ['webhook.tested'],
  operatorEnableWebhook: ['webhook.enabled'],
  operatorTestMail: ['mail.tested'],
  operatorCreateUser: ['user.created'],
  operatorImportUsers: ['user.imported', 'user.import_updated'],
  operatorEraseUser: ['user.erased'],
  operatorVerifyUser: ['user.verified'],
  operatorUnlockUser: ['user.unlocked'],
  operatorRevokeSessions: ['user.sessions_revoked'],
}
