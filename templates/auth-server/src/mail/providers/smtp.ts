import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import { MailError, type MailFault } from '../mail-error.ts'
import { words } from './post-json.ts'
import type { Provider } from './provider.ts'

export interface SmtpServer {
  host: string
  port: number
  /** TLS from the first byte, as on port 465; elsewhere STARTTLS is demanded. */
  secure: boolean
  auth: { user: string; pass: string } | null
  /** Names of our own authority, for tests. */
  ca?: string
}

/** One SMTP server, which is asked for anew when its password may have changed. */
export function openSmtp(read: () => SmtpServer, messageIdHost: string): Provider {
  let open: { key: string; transport: ReturnType<typeof connect> } | null = null
  return {
    async send(mail) {
      const server = read()
      const key = JSON.stringify(server)
      if (open?.key !== key) {
        open?.transport.close()
        open = { key, transport: connect(server) }
      }
      try {
        await open.transport.sendMail({
          ...mail,
          messageId: `<${mail.id}@${messageIdHost}>`,
          disableFileAccess: true,
          disableUrlAccess: true,
        })
      } catch (error) {
        throw toMailError(error, server)
      }
    },
    close: () => open?.transport.close(),
  }
}

function connect({ host, port, secure, auth, ca }: SmtpServer) {
  return createTransport({
    host,
    port,
    secure,
    // Without this a server, or somebody between, that offers no STARTTLS is sent password and mail in
    // the clear. On loopback nobody is between.
    requireTLS: !secure && !isLoopback(host),
    tls: { minVersion: 'TLSv1.2', ...(ca ? { ca } : {}) },
    ...(auth ? { auth } : {}),
    pool: true,
    maxConnections: 2,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 15_000,
  })
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

interface SmtpFailure extends Error {
  code?: string
  /** Of the socket, where `code` is nodemailer's own. */
  originalCode?: string
  command?: string
  responseCode?: number
  response?: string
}

function toMailError(error: unknown, { host, auth }: SmtpServer): MailError {
  const { code, originalCode, command, responseCode, response, message } = error as SmtpFailure
  const said = words(response ?? message, auth?.pass ?? '')
  return new MailError(
    faultOf(originalCode ?? code, command, responseCode),
    `SMTP ${host}: ${said}`,
  )
}

function faultOf(
  code: string | undefined,
  command: string | undefined,
  responseCode = 0,
): MailFault {
  if (code === 'EAUTH' || code === 'ETLS' || code === 'ENOAUTH') return 'settings'
  if (/^(ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_)/.test(code ?? '')) return 'settings'
  if (responseCode < 500) return 'temporary'
  if (command === 'RCPT TO') return 'recipient'
  return command === 'MAIL FROM' || command?.startsWith('AUTH') ? 'settings' : 'recipient'
}
