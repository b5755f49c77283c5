import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { MailStore } from './mail-store.ts'

const MAIL_BYTES_MAX = 10 * 1024 * 1024

/** An SMTP door that takes every mail and sends none on. */
export function createSmtpDoor(store: MailStore): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: MAIL_BYTES_MAX,
    disableReverseLookup: true,
    onAuth: (_auth, _session, done) => done(null, { user: 'anyone' }),
    onData(stream, session, done) {
      simpleParser(stream)
        .then((parsed) => {
          const recipients = session.envelope.rcptTo.map((one) => one.address)
          const mail = store.add(parsed, recipients)
          console.log(`${mail.Date} to ${recipients.join(', ')}: ${mail.Subject}`)
          done()
        })
        .catch((error) => done(error))
    },
  })
}
