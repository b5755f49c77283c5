import type { Request } from 'express'
import type { z } from 'zod'
import { type FieldError, Problem } from '../errors.ts'
import { brokenText, escapePointer } from './broken-text.ts'
import type { Action } from './define-action.ts'

interface Input {
  params: unknown
  query: unknown
  body: unknown
}

const NO_QUERY = {}

/** Parses all that came in by the action's shapes, or throws one problem that lists every fault. */
export function parseInput(action: Action<never>, request: Request): Input {
  const params = action.params?.safeParse(request.params)
  // A path that cannot name anything is no different from one that names nothing.
  if (params?.success === false || brokenText(request.params, '').length > 0) {
    throw new Problem('not_found')
  }
  // Express parses the query each time it is asked for it.
  const sent = request.url.includes('?') ? request.query : NO_QUERY
  const query = action.query?.safeParse(sent)
  const body = readBody(action, request)
  if (sent === NO_QUERY && !action.body && query?.success !== false) {
    return { params: params?.data, query: query?.data, body: undefined }
  }
  const errors = [
    ...brokenText(sent, '/query'),
    ...(action.body && !action.rawBody ? brokenText(request.body, '') : []),
    ...fieldErrors(query?.error, '/query'),
    ...fieldErrors(body?.error, ''),
    ...(action.query ? [] : Object.keys(sent).map(unknownQuery)),
  ]
  if (errors.length > 0) {
    throw new Problem('invalid_request', { detail: 'Some fields are not valid.', errors })
  }
  return { params: params?.data, query: query?.data, body: body?.data }
}

function readBody(action: Action<never>, request: Request) {
  const isThere =
    request.headers['transfer-encoding'] !== undefined ||
    Number(request.headers['content-length'] ?? 0) > 0
  if (!action.body) {
    if (isThere && !isEmptyObject(request.body)) {
      throw new Problem('invalid_request', { detail: 'This route takes no body.' })
    }
    return undefined
  }
  if (action.rawBody) return action.body.safeParse(request.body ?? Buffer.alloc(0))
  // A form or text/plain post crosses origins without a preflight; JSON never does.
  if (!request.is('application/json') && !isJsonType(request)) {
    throw new Problem('unsupported_media_type')
  }
  return action.body.safeParse(request.body ?? {})
}

function isJsonType(request: Request): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')
}

function isEmptyObject(value: unknown): boolean {
  return (
    value === undefined ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  )
}

function unknownQuery(name: string): FieldError {
  return {
    pointer: `/query/${escapePointer(name)}`,
    message: 'This parameter is not known',
    code: 'unknown_field',
  }
}

/** Zod's issues as JSON pointers. */
export function fieldErrors(error: z.ZodError | undefined, prefix: string): FieldError[] {
  return (error?.issues ?? []).flatMap((issue) => {
    const at = prefix + issue.path.map((part) => `/${escapePointer(String(part))}`).join('')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: `${at}/${escapePointer(key)}`,
        message: 'This field is not known',
        code: 'unknown_field',
      }))
    }
    return [{ pointer: at, message: issue.message, code: issue.code }]
  })
}
