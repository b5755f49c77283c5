import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Redis } from 'ioredis'
import settings from '../../authstack.config.ts'
import type { MemberContext } from '../http/context.ts'
import { openLimits } from '../http/rate-limit.ts'
import { parseSettings } from '../settings.ts'
import { createInvitation } from './create-invitation.ts'
import { resendInvitation } from './resend-invitation.ts'

const MAILS_OF_AN_HOUR = 200

/** A member who invites; what passes the limits ends in `mailed`, without a database. */
function inviter(userId: string, limits: ReturnType<typeof openLimits>, keyId?: string) {
  const mailed: string[] = []
  const db = { tenantTransaction: async () => void mailed.push(userId) }
  const services = { limits, settings, db, hooks: {} }
  const who = keyId ? { userId: null, machine: { id: keyId, name: 'Machine' } } : { userId }
  const context = { services, mode: 'live', ...who, organizationId: 'o', ip: '127.0.0.1' }
  return { context: context as unknown as MemberContext, mailed }
}

test('nobody mails strangers without end by inviting and cancelling', async () => {
  // Nothing listens there: the limits hold in this process as well.
  const redis = new Redis({ port: 1, lazyConnect: true, enableOfflineQueue: false })
  const limits = openLimits(redis, parseSettings(settings), 'test')
  const spammer = inviter('spammer', limits)
  const invite = (n: number) =>
    createInvitation.run(spammer.context, {
      params: { orgId: 'o' },
      query: undefined,
      body: { email: `stranger-${n}@example.com`, role: 'member' },
    })
  for (let n = 0; n < MAILS_OF_AN_HOUR; n++) await invite(n)
  await assert.rejects(invite(MAILS_OF_AN_HOUR), { code: 'rate_limited' })
  const again = { params: { orgId: 'o', invitationId: 'i' }, query: undefined, body: undefined }
  await assert.rejects(resendInvitation.run(spammer.context, again), { code: 'rate_limited' })
  assert.equal(spammer.mailed.length, MAILS_OF_AN_HOUR)
  const other = inviter('other', limits)
  await resendInvitation.run(other.context, again)
  assert.equal(other.mailed.length, 1)
  redis.disconnect()
})

test('nor by making one machine key after another', async (t) => {
  const redis = new Redis({ port: 1, lazyConnect: true, enableOfflineQueue: false })
  t.after(() => redis.disconnect())
  const limits = openLimits(redis, parseSettings(settings), 'test-machines')
  const again = { params: { orgId: 'o', invitationId: 'i' }, query: undefined, body: undefined }
  for (let n = 0; n < MAILS_OF_AN_HOUR; n++) {
    await resendInvitation.run(inviter('', limits, `key-${n % 10}`).context, again)
  }
  const fresh = inviter('', limits, 'a key that nobody has seen')
  await assert.rejects(resendInvitation.run(fresh.context, again), { code: 'rate_limited' })
})
