import {
  AcceptInvitation,
  LoginForm,
  PasswordResetForm,
  PasswordResetRequest,
  SignupForm,
  VerifyEmail,
} from '../src/index.ts'
import { grace } from '../test/stand-in/data.ts'
import { Refusal } from '../test/stand-in/refusal.ts'
import type { StandIn } from '../test/stand-in/stand-in.ts'
import type { PreviewState } from './state.tsx'

const login = <LoginForm signUpUrl="#signup" forgotPasswordUrl="#forgot" />
const never = (standIn: StandIn) => standIn.hang(/config/)

export const signInStates: PreviewState[] = [
  { name: 'login', content: login },
  {
    name: 'login refused inputs',
    content: login,
    steps: [{ fill: 'email', with: 'ada@' }, { press: 'Sign in' }],
  },
  {
    name: 'login wrong password',
    content: login,
    steps: [
      { fill: 'email', with: 'ada@example.com' },
      { fill: 'password', with: 'wrong' },
      { press: 'Sign in' },
    ],
  },
  {
    name: 'login unverified',
    content: login,
    prepare: ({ world }) => {
      const first = world.users[0]
      if (first) first.user.emailVerified = false
    },
    steps: [
      { fill: 'email', with: 'ada@example.com' },
      { fill: 'password', with: 'correct horse battery' },
      { press: 'Sign in' },
    ],
  },
  { name: 'login skeleton', content: login, prepare: never },
  {
    name: 'login with a logo and a long name',
    content: login,
    prepare: ({ world }) => {
      world.config.name = 'The Extraordinarily Long-Named Laboratory Company of Zürich'
      const mark =
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" rx="10" fill="#4f46e5"/><circle cx="20" cy="20" r="9" fill="white"/></svg>'
      world.config.logo = { src: `data:image/svg+xml,${encodeURIComponent(mark)}`, alt: 'Acme' }
    },
  },
  { name: 'signup', content: <SignupForm signInUrl="#login" /> },
  {
    name: 'signup with own fields, refused',
    content: <SignupForm signInUrl="#login" />,
    prepare: ({ world }) => {
      world.config.signup.fields = [
        { name: 'phone', type: 'phone', label: 'Phone', required: false },
        {
          name: 'size',
          type: 'select',
          label: 'Team size',
          required: true,
          options: ['1–10', '11+'],
        },
        { name: 'terms', type: 'checkbox', label: 'I accept the terms of use', required: true },
      ]
    },
    steps: [{ fill: 'email', with: 'ada@example.com' }, { press: 'Create account' }],
  },
  {
    name: 'signup sent',
    content: <SignupForm signInUrl="#login" />,
    steps: [
      { fill: 'email', with: 'ada@example.com' },
      { fill: 'password', with: 'correct horse battery' },
      { press: 'Create account' },
    ],
  },
  { name: 'reset request', content: <PasswordResetRequest signInUrl="#login" /> },
  {
    name: 'reset sent',
    content: <PasswordResetRequest signInUrl="#login" />,
    steps: [{ fill: 'email', with: 'ada@example.com' }, { press: 'Send link' }],
  },
  { name: 'new password', content: <PasswordResetForm token="good-token" /> },
  {
    name: 'new password saved',
    content: <PasswordResetForm token="good-token" signInUrl="#login" />,
    steps: [{ fill: 'password', with: 'correct horse battery' }, { press: 'Save password' }],
  },
  { name: 'verify', content: <VerifyEmail token="good-token" /> },
  {
    name: 'verified',
    content: <VerifyEmail token="good-token" continueUrl="#app" />,
    steps: [{ press: 'Verify' }],
  },
  {
    name: 'dead link',
    content: <VerifyEmail token="spent" requestUrl="#again" />,
    steps: [{ press: 'Verify' }],
  },
  { name: 'invitation, new person', content: <AcceptInvitation token="good-token" /> },
  {
    name: 'invitation, right account',
    isSignedIn: true,
    prepare: ({ world }) => {
      world.users = [{ user: { ...grace }, password: 'x' }]
      world.sessionUserId = grace.id
    },
    content: <AcceptInvitation token="good-token" />,
  },
  {
    name: 'invitation, other account',
    isSignedIn: true,
    content: <AcceptInvitation token="good-token" />,
  },
  {
    name: 'instance away',
    content: login,
    prepare: (standIn) => standIn.failNext(/login/, new Refusal(503, 'unavailable'), 9),
    steps: [
      { fill: 'email', with: 'ada@example.com' },
      { fill: 'password', with: 'x' },
      { press: 'Sign in' },
    ],
  },
]
