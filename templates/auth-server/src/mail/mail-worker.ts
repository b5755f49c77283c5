import { setTimeout as sleep } from 'node:timers/promises'
import { type Mode, modes } from '../db/mode.ts'
import { open } from '../keys/envelope.ts'
import type { Services } from '../services.ts'
import { mailSchema, tokenPurpose } from './enqueue-mail.ts'
import { claimMails, failMail, finishMail, type WaitingMail } from './outbox.ts'
import { type MailSender, openMailSender } from './send-mail.ts'

type Needs = Pick<Services, 'db' | 'env' | 'settings' | 'log' | 'masterKey'>

/** NOTIFY wakes the worker at once; the poll is for what a lost connection missed and for retries. */
const pollSeconds = 5

/**
 * Sends what waits in the outbox, at least once. Safe to run in both colours: a mail is claimed
 * before it is sent, and a claim that is not finished within a minute is free again. Throws when a file
 * in `extensions/mails` is at fault.
 */
export async function startMailWorker(services: Needs): Promise<{ stop(): Promise<void> }> {
  const sender = await openMailSender(services)
  const workers = modes.map((mode) => startWorker(services, sender, mode))
  return {
    async stop() {
      await Promise.all(workers.map((worker) => worker.stop()))
      sender.close()
    },
  }
}

function startWorker(services: Needs, sender: MailSender, mode: Mode): { stop(): Promise<void> } {
  const stopping = new AbortController()
  let wake = new AbortController()
  const listener = services.db.listen(mode, 'outbox', () => wake.abort())
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      // Before the claim, so that a NOTIFY during the sending starts another round.
      wake = new AbortController()
      const sent = await sendBatch(services, sender, mode)
      if (sent > 0) continue
      const signal = AbortSignal.any([stopping.signal, wake.signal])
      await sleep(pollSeconds * 1000, undefined, { signal, ref: false }).catch(() => {})
    }
  })()
  return {
    async stop() {
      stopping.abort()
      await Promise.all([loop, listener.stop()])
    },
  }
}

async function sendBatch(services: Needs, sender: MailSender, mode: Mode): Promise<number> {
  const hub = services.db.hubQuery(mode)
  try {
    const mails = await claimMails(hub)
    await Promise.all(mails.map((mail) => sendOne(services, sender, mode, mail)))
    return mails.length
  } catch (error) {
    services.log.warn({ err: error, mode }, 'The mail worker could not reach the database')
    return 0
  }
}

async function sendOne(
  { db, log, masterKey }: Needs,
  sender: MailSender,
  mode: Mode,
  waiting: WaitingMail,
): Promise<void> {
  const hub = db.hubQuery(mode)
  const { id, schema, sealed, mail, attempts } = waiting
  try {
    if (schema > mailSchema) throw new Error(`Mail schema ${schema} is of a newer version`)
    const token = sealed ? open(masterKey, tokenPurpose, sealed) : null
    await sender.send(mode, id, mail, token)
  } catch (error) {
    log.warn(
      { err: error, mail: id, template: mail.template, attempts, mode },
      'A mail has to wait',
    )
    await failMail(hub, waiting, error)
    return
  }
  await finishMail(hub, id)
  log.info({ mail: id, template: mail.template, mode }, 'Mail sent')
}
