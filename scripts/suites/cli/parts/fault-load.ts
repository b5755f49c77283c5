import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, call, callOk } from '../../lib/call.ts'
import { mailsTo } from '../../lib/mailbox.ts'
import { newKey, operate } from '../../lib/operator.ts'
import {
  join,
  logIn,
  newAddress,
  newOrganization,
  newPerson,
  type Person,
  tokenFor,
} from '../../lib/people.ts'

/** What a fault did to the people who worked through it. Every list should be empty. */
export type Found = {
  lostWrites: string[]
  lostMails: string[]
  falseAccepts: string[]
  failedReadsInOutage: string[]
  readsInOutage: number
}

export type Load = {
  /** From now on a part is down. */
  noteOutage: () => void
  /** Ends the writers; the last answers are in. */
  stopWriting: () => Promise<void>
  /** Number of acknowledged writes of either kind so far. */
  acknowledged: () => number
  /** Ends the rest, when all is up again, and looks for what was acknowledged. */
  end: () => Promise<Found>
}

const mailWaitSeconds = 60

/**
 * People at work: one renames themself and invites without a pause, one reads, and one sends what must
 * never be accepted: a revoked key, a removed member's token, the token of a session that ended.
 */
export async function startLoad(label: string): Promise<Load> {
  const owner = await newPerson('steady')
  const organization = await newOrganization(owner)
  const token = await tokenFor(owner, organization.id)
  const scene = { owner, organizationId: organization.id, token, label }
  const forbidden = await takeAway(scene)
  let isWriting = true
  let isOver = false
  let isOutage = false

  const names: string[] = []
  const invited: string[] = []
  const rename = repeat(
    () => isWriting,
    20,
    async (count) => {
      const firstName = `${label}-${count}`
      const answer = await call('PATCH', 'me', { token, json: { firstName }, timeoutMs: 3000 })
      if (answer.status === 200) names.push(firstName)
    },
  )
  const invite = repeat(
    () => isWriting,
    120,
    async () => {
      const path = `organizations/${organization.id}/invitations`
      const email = newAddress('guest')
      const options = { token, timeoutMs: 3000 }
      const made = await call('POST', path, { ...options, json: { email, role: 'member' } })
      if (made.status !== 201) return
      invited.push(email)
      // Pending ones count: the plan would be full after nine.
      await call('DELETE', `${path}/${made.body.id}`, options)
    },
  )

  let readsInOutage = 0
  const failedReadsInOutage: string[] = []
  const read = repeat(
    () => isWriting,
    30,
    async () => {
      const wasOutage = isOutage
      const path = `organizations/${organization.id}/members`
      const answer = await call('GET', path, { token, timeoutMs: 5000 }).catch(String)
      if (!wasOutage) return
      readsInOutage++
      if (typeof answer === 'string') failedReadsInOutage.push(answer)
      else if (answer.status !== 200) failedReadsInOutage.push(`${answer.status} ${answer.text}`)
    },
  )

  const falseAccepts: string[] = []
  const probe = repeat(
    () => !isOver,
    40,
    async (count) => {
      const [what, path, options] = forbidden[count % forbidden.length] as Forbidden
      const answer = await call(options.json ? 'POST' : 'GET', path, {
        ...options,
        timeoutMs: 3000,
      })
      if (answer.status < 300) falseAccepts.push(`${what}: ${answer.status}`)
    },
  )

  return {
    noteOutage: () => {
      isOutage = true
    },
    stopWriting: async () => {
      isWriting = false
      await Promise.all([rename, invite, read])
    },
    acknowledged: () => Math.min(names.length, invited.length),
    end: async () => {
      await sleep(500)
      isOver = true
      await probe
      return {
        lostWrites: await findLostWrites(owner, names),
        lostMails: await findLostMails(invited),
        falseAccepts,
        failedReadsInOutage,
        readsInOutage,
      }
    },
  }
}

type Forbidden = [what: string, path: string, options: Call]

/** Gives rights and takes them back; what is left must never open anything again. */
async function takeAway(scene: {
  owner: Person
  organizationId: string
  token: string
}): Promise<Forbidden[]> {
  const { owner, organizationId, token } = scene
  const members = `organizations/${organizationId}/members`
  const removed = await newPerson('removed')
  await join(token, organizationId, removed)
  const theirs = await tokenFor(removed, organizationId)
  await callOk('DELETE', `${members}/${removed.id}`, { token }, 204)
  const other = await logIn(owner)
  await callOk('POST', 'auth/logout', { token: other.accessToken, json: {} }, 204)
  const key = await newKey({ kind: 'native' })
  const revoked = await operate('POST', `keys/${key.id}/revoke`)
  if (revoked.status >= 300) throw new Error(`revoke: ${revoked.status} ${revoked.text}`)
  return [
    ['a revoked key', members, { key: key.key, token }],
    ["a removed member's token", members, { token: theirs }],
    ['the token of an ended session', 'me', { token: other.accessToken }],
    ['its refresh token', 'auth/refresh', { json: { refreshToken: other.refreshToken } }],
  ]
}

/** The last acknowledged name, or one that was written after it and whose answer was lost. */
async function findLostWrites(owner: Person, names: string[]): Promise<string[]> {
  const { accessToken } = await logIn(owner)
  const me = await callOk('GET', 'me', { token: accessToken })
  const numberOf = (name: string) => Number(name.split('-').at(-1))
  const last = names.at(-1)
  if (!last || numberOf(me.firstName) >= numberOf(last)) return []
  return [`acknowledged ${last}, found ${me.firstName}`]
}

async function findLostMails(invited: string[]): Promise<string[]> {
  let missing = invited
  for (const end = Date.now() + mailWaitSeconds * 1000; missing.length > 0; await sleep(500)) {
    const counts = await Promise.all(missing.map(async (email) => (await mailsTo(email)).length))
    missing = missing.filter((_, at) => counts[at] === 0)
    if (Date.now() > end) break
  }
  return missing
}

/** Goes on through refusals and dead connections: that they come is what a fault is. */
async function repeat(
  isWanted: () => boolean,
  pauseMilliseconds: number,
  work: (count: number) => Promise<unknown>,
): Promise<void> {
  for (let count = 1; isWanted() && count < 10_000; count++) {
    await work(count).catch(() => undefined)
    await sleep(pauseMilliseconds)
  }
}
