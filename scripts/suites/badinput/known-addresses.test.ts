import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Call, call } from '../lib/call.ts'
import { expectProblem } from '../lib/expect-problem.ts'
import { mailsTo, waitForMail } from '../lib/mailbox.ts'
import { ownAddress } from '../lib/own-address.ts'
import { newAddress, newPassword, newPerson } from '../lib/people.ts'
import type { Answer } from '../lib/request.ts'

/**
 * Rounds per side. Load only ever adds time, so the fastest of seven is compared: that stands a busy machine,
 * and a bcrypt left out (200 ms) still shows.
 */
const rounds = 7

describe('nobody can ask whether an address has an account', () => {
  test('sign-up: same status, body and headers, and no clear difference in time', async () => {
    const known = await several(2)
    const headers = await ownAddress()
    const ask = (email: string) =>
      call('POST', 'auth/signup', { json: { email, password: newPassword() }, headers })
    const answers = await alternate(
      () => ask(known()),
      () => ask(newAddress('fresh')),
    )
    expectTwins(answers, 201)
    assert.deepEqual(answers[0]?.known.body, { status: 'check_email' })
  })

  test('sign-up again writes to the owner instead, and changes no password', async () => {
    const known = await newPerson('known')
    const seen = new Set((await mailsTo(known.email)).map((mail) => mail.id))
    const upper = known.email.toUpperCase()
    const password = newPassword()
    const answer = await call('POST', 'auth/signup', { json: { email: upper, password } })
    assert.equal(answer.status, 201, answer.text)
    const notice = await waitForMail(known.email, /\w/, seen)
    assert.doesNotMatch(notice.text, /verify-email\S*#token=/)
    const { email } = known
    const stranger = await call('POST', 'auth/login', { json: { email, password } })
    expectProblem(stranger, 401, 'invalid_credentials')
    const owner = await call('POST', 'auth/login', { json: { email, password: known.password } })
    assert.equal(owner.status, 200, owner.text)
  })

  test('login: an unknown address and a wrong password are one answer', async () => {
    const known = await several(2)
    const headers = await ownAddress()
    const ask = (email: string) =>
      call('POST', 'auth/login', { json: { email, password: 'Wrong-password-1' }, headers })
    const answers = await alternate(
      () => ask(known()),
      () => ask(newAddress('nobody')),
    )
    expectTwins(answers, 401)
  })

  test('password reset and resend answer 202 for both', async () => {
    const known = await several(2)
    for (const path of ['auth/password-reset', 'auth/verify-email/resend']) {
      const ask = (email: string) => call('POST', path, { json: { email } })
      const answers = await alternate(
        () => ask(known()),
        () => ask(newAddress('nobody')),
        4,
      )
      expectTwins(answers, 202)
    }
  })

  test('an address that is not verified is told so only to who knows the password', async () => {
    const email = newAddress('pending')
    const password = newPassword()
    const login = (json: Call['json']) => call('POST', 'auth/login', { json })
    await call('POST', 'auth/signup', { json: { email, password } })
    expectProblem(await login({ email, password: `${password}x` }), 401, 'invalid_credentials')
    expectProblem(await login({ email, password }), 403, 'email_not_verified')
  })
})

/** People with accounts who take turns, so that the limits of one address are not what is measured. */
async function several(count: number): Promise<() => string> {
  const people = await Promise.all(Array.from({ length: count }, () => newPerson('known')))
  let turn = 0
  return () => people[turn++ % count]?.email ?? ''
}

type Pair = { known: Answer; unknown: Answer }

async function alternate(
  known: () => Promise<Answer>,
  unknown: () => Promise<Answer>,
  times = rounds,
): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (let round = 0; round < times; round++) {
    pairs.push({ known: await known(), unknown: await unknown() })
  }
  return pairs
}

function expectTwins(pairs: Pair[], status: number): void {
  for (const { known, unknown } of pairs) {
    assert.equal(known.status, status, known.text)
    assert.equal(unknown.status, status, unknown.text)
    assert.deepEqual(withoutIds(known.body), withoutIds(unknown.body))
    assert.deepEqual(headerNames(known), headerNames(unknown))
  }
  const known = Math.min(...pairs.map((pair) => pair.known.milliseconds))
  const unknown = Math.min(...pairs.map((pair) => pair.unknown.milliseconds))
  const allowed = Math.max(90, 0.4 * Math.max(known, unknown))
  assert.ok(
    Math.abs(known - unknown) < allowed,
    `known ${known.toFixed(0)} ms, unknown ${unknown.toFixed(0)} ms`,
  )
}

function withoutIds(body: Record<string, unknown>) {
  return { ...body, requestId: undefined }
}

function headerNames(answer: Answer): string[] {
  return Object.keys(answer.headers).sort()
}
