import { mailHandler } from './mail/mail-handler.ts'
import { openMailSender } from './mail/send-mail.ts'
import { startOutbox } from './outbox/outbox.ts'
import type { Services } from './services.ts'
import { webhookHandler } from './webhooks/webhook-handler.ts'

/** All that leaves the instance by itself: mails, and events to the customer's URLs. */
export async function startOutgoing(services: Services): Promise<{ stop(): Promise<void> }> {
  const sender = await openMailSender(services)
  return startOutbox(services, [mailHandler(services, sender), webhookHandler(services)])
}
