import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { InterruptedError, UserError } from '../errors.ts'
import { Output } from './output.ts'

function open(options: { json?: boolean } = {}) {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const output = new Output({ stdout, stderr, stdin: {}, env: {}, ...options })
  return { output, out: () => String(stdout.read() ?? ''), err: () => String(stderr.read() ?? '') }
}

const taken = new UserError({
  code: 'port_taken',
  what: 'Port 4000 is taken.',
  why: 'Another program listens there.',
  next: ['End it.'],
  exitCode: 5,
})

describe('the one place that prints', () => {
  test('data goes to stdout, talk and errors to stderr', () => {
    const { output, out, err } = open()
    output.data('data')
    output.talk('talk')
    expect(output.error(taken)).toBe(5)
    expect(out()).toBe('data\n')
    expect(err()).toBe(
      'talk\n✗ Port 4000 is taken.\n  Another program listens there.\n  → End it.\n  Read more: https://authstack.dev/errors/port_taken\n',
    )
  })

  test('with json, stdout is one document and stderr NDJSON', () => {
    const { output, out, err } = open({ json: true })
    output.data('not shown')
    output.talk('talk')
    output.warn('careful')
    output.result({ a: 1 })
    expect(JSON.parse(out())).toEqual({ a: 1 })
    expect(
      err()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { event: 'message', text: 'talk' },
      { event: 'warning', text: 'careful' },
    ])
  })

  test('with json, an error is a document too', () => {
    const { output, out } = open({ json: true })
    expect(output.error(new InterruptedError())).toBe(130)
    expect(JSON.parse(out()).error).toMatchObject({ code: 'interrupted', exitCode: 130 })
  })

  test('what is not a UserError is our fault, and shows where', () => {
    const { output, err } = open()
    expect(output.error(new TypeError('x is not a function'))).toBe(1)
    expect(err()).toMatch(/at .*output\.test\.ts/)
  })
})
