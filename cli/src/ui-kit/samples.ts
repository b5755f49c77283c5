import type { ConnectResult } from '../connect/connect.ts'
import type { DiffResult } from '../diff/diff-versions.ts'
import type { DoctorResult } from '../doctor/doctor.ts'
import { exitCodes, UserError } from '../errors.ts'
import type { HistoryResult } from '../history/list-history.ts'
import type { InitResult } from '../init/init.ts'
import type { ApiKey } from '../keys/keys.ts'
import { keyState } from '../keys/show-key.ts'
import type { StepDefinition } from '../output/steps.ts'
import type { Column } from '../output/table.ts'

export const steps: StepDefinition[] = [
  { id: 'preflight', title: 'Check this computer', done: 'Computer ready' },
  { id: 'build', title: 'Build the pages', done: 'Pages built' },
  { id: 'realms', title: 'Reconcile realms', done: 'Realms reconciled' },
  { id: 'switch', title: 'Switch to v1.1', done: 'v1.1 serves' },
]

export const portTaken = new UserError({
  code: 'port_taken',
  what: 'Port 4000 is taken by another program.',
  why: 'The instance answers at http://localhost:4000, and every issued token names that address.',
  next: ['End that program (lsof -i :4000), then deploy again.', 'Or set another port.'],
  exitCode: exitCodes.infrastructure,
})

export const key: ApiKey = {
  id: 'k3v9a2Xq',
  kind: 'browser',
  mode: 'live',
  name: 'web',
  key: 'ask_live_k3v9a2Xq_this-is-an-invented-sample-and-no-real-key',
  origins: ['https://app.example.com'],
  redirectUris: ['https://app.example.com/callback'],
  sessionDelivery: 'cookie',
  scopes: [],
  createdAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
  expiresAt: null,
  revokedAt: null,
}

export const keys: ApiKey[] = [
  key,
  { ...key, id: 'p0w2m8Lr', kind: 'native', name: 'A phone app with a long name', origins: [] },
  { ...key, id: 'z7c1b5Tn', kind: 'secret', name: 'backend', key: null, revokedAt: key.createdAt },
]

export const keyColumns: Column<ApiKey>[] = [
  { title: 'ID', value: ({ id }) => id },
  { title: 'KIND', value: ({ kind }) => kind },
  { title: 'NAME', value: ({ name }) => name },
  { title: 'STATE', value: (one) => keyState(one) },
  { title: 'ORIGINS', value: ({ origins }) => origins.join(' '), dropOrder: 2 },
  { title: 'KEY', value: (one) => one.key, dropOrder: 3 },
]

export const init: InitResult = {
  project: 'acme-auth',
  name: 'Acme',
  id: 'k7m2p9x4b3c8',
  folder: `${process.cwd()}/acme-auth`,
  appFolder: `${process.cwd()}/acme-auth/app`,
  commit: '5bc13a6cb87e9c8bd6f7e9d029eaccdaaae42e08',
  templateRef: 'refs/authstack/template',
  tested: true,
}

export const connect: ConnectResult = {
  appFolder: `${process.cwd()}/web`,
  framework: 'vite',
  envFile: `${process.cwd()}/web/.env.local`,
  key: key.key ?? '',
  endpoint: 'http://localhost:4000',
  origin: 'http://localhost:5173',
  redirectUri: 'http://localhost:5173/callback',
  changed: { envFile: true, settings: true, key: true },
}

const entry = {
  version: 'v1.0',
  action: 'deploy' as const,
  status: 'live' as const,
  at: key.createdAt,
  by: 'ada',
  seconds: 74,
  commit: '5bc13a6',
  message: 'Add the auth server made by authstack init',
  barriers: [],
  kept: true,
}

export const history: HistoryResult = {
  environment: 'local',
  current: 'v1.2',
  entries: [
    { ...entry, version: 'v1.2', seconds: 9, barriers: ['0007_drop_old_name'] },
    { ...entry, version: 'v1.1', status: 'rolled-back', seconds: 12 },
    entry,
  ],
}

export const diff: DiffResult = {
  from: 'v1.0',
  to: 'v1.1',
  settings: [
    { path: 'theme.primaryColor', from: '#4f46e5', to: '#0f766e' },
    { path: 'security.loginThrottle.attempts', from: 5, to: 10 },
    { path: 'roles.viewer', from: ['members:view'], to: ['members:view', 'projects:view'] },
    {
      path: 'permissions[projects:create].description',
      from: 'Create projects',
      to: 'Create and copy projects',
    },
  ],
  files: {
    added: ['extensions/migrations/0001_notes.ts', 'extensions/routes/notes.ts'],
    changed: ['authstack.config.ts'],
    removed: [],
  },
  migrations: [{ name: '0001_notes', kind: 'expand', change: 'added' }],
}

export const doctor: DoctorResult = {
  ok: false,
  checks: [
    { id: 'node', title: 'Node', status: 'ok', detail: 'v24.21.0', next: null },
    { id: 'java', title: 'Java', status: 'fail', detail: 'not found', next: 'Install Java 17' },
    { id: 'lock', title: 'Lock', status: 'warn', detail: 'left behind', next: 'doctor --fix' },
  ],
  fixed: [],
}
