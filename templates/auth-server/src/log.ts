import { type Logger, pino } from 'pino'

/** JSON on stdout. Whatever may hold a secret is named here and never written. */
export function openLog(name: string): Logger {
  const secrets = [
    'password',
    'token',
    'accessToken',
    'refreshToken',
    'assertion',
    'code_verifier',
    'authorization',
    'cookie',
    'client_secret',
    'key',
  ]
  return pino({
    name,
    level: 'info',
    base: { pid: process.pid },
    redact: {
      paths: [
        ...secrets,
        ...secrets.map((name) => `*.${name}`),
        'err.config',
        'err.requestBody',
        'err.response',
      ],
      censor: '[redacted]',
    },
  })
}
