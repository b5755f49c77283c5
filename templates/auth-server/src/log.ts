import { type Logger, pino } from 'pino'

/** One line a request. Only what is named here; nothing of it can be a secret. */
export interface RequestLine {
  requestId: string
  method: string
  /** The path without its query: codes and keys travel there. */
  path: string
  status: number
  milliseconds: number
}

export interface Logs {
  log: Logger
  request(line: RequestLine): void
  /** Writes what is still held back. */
  flush(): void
}

/** Lines are written together, this often or when there are many: a write per line costs more than the line. */
const FLUSH_MILLISECONDS = 200
const HELD_BYTES = 64 * 1024

/** Whatever may hold a secret is named here and never written; a test signs in and greps for them. */
const SECRETS = [
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

/**
 * JSON on stdout. A process that is killed with -9 loses at most the last 200 ms of lines; every other
 * end writes them. Warnings and errors are written at once.
 */
export function openLogs(name: string): Logs {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: HELD_BYTES,
    maxWrite: 2 * HELD_BYTES,
  })
  // Lines of requests. The destination measures all that it holds anew with each line it is given.
  let held = ''
  const release = () => {
    if (held !== '') destination.write(held)
    held = ''
  }
  const flush = () => {
    release()
    destination.flushSync()
  }
  // Before pino's own, which ends the destination.
  process.prependListener('exit', flush)
  const options = { name, level: 'info', base: { pid: process.pid } } as const
  const log = pino(
    {
      ...options,
      redact: {
        paths: [
          ...SECRETS,
          ...SECRETS.map((secret) => `*.${secret}`),
          'err.config',
          'err.requestBody',
          'err.response',
        ],
        censor: '[redacted]',
      },
      hooks: {
        logMethod(args, method, level) {
          release()
          method.apply(this, args)
          if (level >= 40) flush()
        },
      },
    },
    destination,
  )
  const head = `"pid":${process.pid},"name":${JSON.stringify(name)}`
  setInterval(() => {
    release()
    destination.flush()
  }, FLUSH_MILLISECONDS).unref()
  return {
    log,
    request(line) {
      held += requestLine(head, line)
      if (held.length >= HELD_BYTES) release()
    },
    flush,
  }
}

/** As pino writes it at level `info`, by hand: one for every request. Only the path is anybody else's text. */
function requestLine(head: string, line: RequestLine): string {
  const { requestId, method, path, status, milliseconds } = line
  return `{"level":30,"time":${Date.now()},${head},"requestId":"${requestId}","method":"${method}","path":${quote(path)},"status":${status},"milliseconds":${milliseconds},"msg":"request"}\n`
}

/** Nearly every path is its own JSON text. */
function quote(path: string): string {
  return /^[\w/.~-]*$/.test(path) ? `"${path}"` : JSON.stringify(path)
}
