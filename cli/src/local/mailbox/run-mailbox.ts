import { MailStore } from './mail-store.ts'
import { createMailboxHttp } from './mailbox-http.ts'
import { createSmtpDoor } from './mailbox-smtp.ts'

/** The mailbox as a process of its own: `node run-mailbox.js <smtpPort> <httpPort> <previewFile>`. */
const [smtpPort, httpPort] = process.argv.slice(2, 4).map(Number)
const previewFile = process.argv[4] ?? null
const store = new MailStore()
const smtp = createSmtpDoor(store)
// A client that hangs up in the middle is its own affair.
smtp.on('error', (error) => {
  console.error(error.message)
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') process.exit(1)
})
smtp.listen(smtpPort, '127.0.0.1')
createMailboxHttp(store, previewFile).listen(httpPort, '127.0.0.1', () => {
  console.log(`mailbox: SMTP on 127.0.0.1:${smtpPort}, page on http://localhost:${httpPort}`)
})
process.on('SIGTERM', () => process.exit(0))
