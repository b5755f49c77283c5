/** The sentences of the hosted pages that do not come from @authstack/react. */
export const en = {
  loading: 'Loading',
  signIn: 'Sign in',
  createAccount: 'Create an account',
  somethingFailed: 'That did not work. Try again.',
  tryAgain: 'Try again',
  signOut: 'Sign out',
  testMode: 'Test mode',
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
  resetTitle: 'Set a new password',
  verifyTitle: 'Verify your email',
  resendTitle: 'Get a new link',
  resendLead: 'We send it to the address you signed up with.',
  invitationTitle: 'Invitation',
  invitationDoneText: 'Its members can see you now.',
  openOrganization: 'Open the organization',

  accountTitle: 'Your account',
  profileTitle: 'Profile',
  sessionsTitle: 'Where you are signed in',
  sessionsText: 'Sign out a device that you do not know, then change your password.',
  thisDevice: 'This device',
  unknownDevice: 'Unknown device',
  lastSeen: (when: string) => `Last used ${when}`,
  endSession: 'Sign out',
  endSessionOf: (device: string) => `Sign out ${device}`,
  sessionEnded: 'That device was signed out.',
  changePassword: 'Change password',
  changePasswordText: 'By a link that we mail to you.',
  changePasswordAction: 'Send the mail',
  changePasswordSent: (email: string) => `Sent to ${email}. It can take a minute.`,

  organizationTitle: 'Organization',
  members: 'Members',
  pendingInvitations: 'Pending invitations',
  noInvitations: 'No invitation is waiting for an answer.',
  membersHidden: 'Your role does not show the member list.',

  notFoundTitle: 'There is no page here',
  notFoundText: 'The address may be mistyped. Your account is one click away.',
  badRequestTitle: 'This sign-in cannot be started',
  badRequestText:
    'The app that sent you here is not set up for it, so nothing was sent back to it. If you run this app, compare its redirect address with the list on its key.',
  crashTitle: 'This page stopped working',
  crashText: 'Load it again. If that does not help, the sign-in service may be out for a moment.',
  reload: 'Load again',
  unreachableTitle: 'Sign-in is out of reach',
  noConfigTitle: 'This page is not set up',
  noConfigText: 'It has to be opened through the sign-in service.',
}

export type Messages = typeof en

/** The texts in the person's language. Another catalogue of the same type joins here. */
export const useMessages = (): Messages => en
