import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type Answer, type Call, call, type Instance } from './instance.ts'

/** Asserts that an answer is the masked 404: that of an organization which does not exist anywhere. */
export async function assertMasked(
  instance: Instance,
  answer: Answer,
  options: Call,
  what: string,
): Promise<void> {
  const absent = await call(instance, 'GET', `/organizations/${randomUUID()}`, options)
  const plain = ({ status, body }: Answer) => ({ status, body: { ...body, requestId: '' } })
  assert.deepEqual(plain(answer), plain(absent), what)
  assert.equal(answer.status, 404, what)
}
