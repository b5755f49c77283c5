/** Every sentence of the hosted pages that does not come from @authstack/react. */
export const en = {
  loading: 'Loading',
  signIn: 'Sign in',
  signInTo: (app: string) => `Sign in to ${app}`,
  createAccount: 'Create an account',
  noAccount: 'New here?',
  haveAccount: 'Have an account?',
  backToSignIn: 'Back to sign in',
  somethingFailed: 'That did not work. Try again.',
  tryAgain: 'Try again',
  signOut: 'Sign out',
  returnTo: (app: string) => `Return to ${app}`,
  goToAccount: 'Go to your account',

  continueTitle: (app: string) => `Continue to ${app}`,
  continueAs: (name: string) => `Continue as ${name}`,
  anotherAccount: 'Use another account',
  continuing: (app: string) => `Taking you to ${app}`,
  requestGoneTitle: 'This sign-in has run out',
  requestGoneText:
    'It waited too long, or was finished before. Go back to the app you came from and start again.',

  forgotTitle: 'Reset your password',
  resetTitle: 'Choose a new password',
  resetDoneTitle: 'Your password is changed',
  resetDoneText: 'Every device was signed out. Sign in with the new password.',
  linkIncompleteTitle: 'This link is not complete',
  linkIncompleteText: 'Open the link in the mail again. It works once, and only as a whole.',
  linkDeadTitle: 'This link no longer works',
  resetDeadText: 'It was used before, or it is too old. Ask for another one.',
  askAnotherReset: 'Send another mail',

  verifyTitle: 'Confirm your address',
  verifyText: 'One click, and your account is ready.',
  verifyAction: 'Confirm address',
  verifyDoneTitle: 'Your address is confirmed',
  verifyDoneText: (email: string) => `You are signed in as ${email}.`,
  verifyDeadText:
    'It was used before, or it is too old. If you have confirmed your address already, sign in. If not, ask for another mail.',
  resendLabel: 'E-mail address',
  resendAction: 'Send another mail',
  resendDone: 'If that address has an account to confirm, a mail is on its way.',
  emailMissing: 'Enter your e-mail address.',

  inviteTitle: (organization: string) => `Join ${organization}`,
  inviteBy: (inviter: string | null, role: string) =>
    inviter
      ? `${inviter} invited you. Your role will be ${role}.`
      : `You were invited. Your role will be ${role}.`,
  inviteSignedInAs: (email: string) => `You are signed in as ${email}.`,
  inviteAction: (organization: string) => `Join ${organization}`,
  inviteOtherTitle: 'This invitation is for someone else',
  inviteOtherText: (invited: string, current: string) =>
    `It was sent to ${invited}. You are signed in as ${current}.`,
  inviteOtherAction: (invited: string) => `Sign out and continue as ${invited}`,
  inviteOtherStay: 'Stay signed in',
  inviteLogin: (organization: string) => `Sign in to join ${organization}`,
  inviteSignup: (organization: string) => `Create your account to join ${organization}`,
  inviteDoneTitle: (organization: string) => `You are in ${organization}`,
  inviteDoneText: 'Its members can see you now.',
  inviteDeadText:
    'The invitation was used, taken back, or it is too old. Ask the person who invited you for another.',
  openOrganization: 'Open the organization',

  accountTitle: 'Your account',
  profileTitle: 'Profile',
  email: 'E-mail address',
  firstName: 'First name',
  lastName: 'Last name',
  save: 'Save changes',
  saved: 'Saved.',
  sessionsTitle: 'Where you are signed in',
  sessionsText: 'Sign out a device that you do not know, then change your password.',
  thisDevice: 'This device',
  unknownDevice: 'Unknown device',
  lastSeen: (when: string) => `Last used ${when}`,
  endSession: 'Sign out',
  endSessionOf: (device: string) => `Sign out ${device}`,
  sessionEnded: 'That device was signed out.',
  organizations: 'Organizations',
  changePassword: 'Change password',
  changePasswordText: 'By a link that we mail to you.',
  changePasswordAction: 'Send the mail',
  changePasswordSent: (email: string) => `Sent to ${email}. It can take a minute.`,

  organizationTitle: 'Organization',
  members: 'Members',
  pendingInvitations: 'Pending invitations',
  noOrganizationTitle: 'Create an organization',
  noOrganizationText:
    'An organization holds your team. You become its owner and can invite others.',
  newOrganization: 'New organization',
  membersHidden: 'Your role does not show the member list.',

  notFoundTitle: 'There is no page here',
  notFoundText: 'The address may be mistyped. Your account is one click away.',
  badRequestTitle: 'This sign-in cannot be started',
  badRequestText:
    'The app that sent you here is not set up for it, so nothing was sent back to it. If you run this app, compare its redirect address with the list on its key.',
  crashTitle: 'This page stopped working',
  crashText: 'Load it again. If that does not help, the sign-in service may be out for a moment.',
  reload: 'Load again',
  noConfigTitle: 'This page is not set up',
  noConfigText: 'It has to be opened through the sign-in service.',
}

export type Messages = typeof en

/** The texts in the person's language. Another catalogue of the same type joins here. */
export const useMessages = (): Messages => en
