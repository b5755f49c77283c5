import assert from 'node:assert/strict'
import type { Answer } from './request.ts'

/** Asserts an RFC 9457 answer in full: status, code, media type and every member that clients read. */
export function expectProblem(answer: Answer, status: number, code: string | string[]): void {
  const codes = [code].flat()
  const shown = `${answer.status} ${answer.text.slice(0, 600)}`
  assert.equal(answer.status, status, `wanted ${status} ${codes.join('|')}, got ${shown}`)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/, shown)
  assert.ok(codes.includes(answer.body?.code), `wanted code ${codes.join('|')}, got ${shown}`)
  assert.equal(answer.body.status, status)
  assert.equal(answer.body.type, `https://authstack.dev/errors/${answer.body.code}`)
  assert.ok(answer.body.title && answer.body.detail, `a title and a detail: ${shown}`)
  assert.ok(answer.body.requestId, `a request id: ${shown}`)
  // A stack or a file name in an answer tells an attacker what runs here.
  assert.doesNotMatch(answer.text, /node_modules|\bat [\w.<>]+ \(|\/src\/|select .* from /i, shown)
}
