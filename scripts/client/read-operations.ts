import type { Schema } from './schema-to-type.ts'

type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Content = Record<string, { schema?: Schema }>
type RawOperation = {
  operationId: string
  summary: string
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
  'x-authstack-who'?: { kind: string; scope?: string }
}
export type OpenApi = { paths: Record<string, Record<string, RawOperation>> }

/** One call of the client: where it stands in the tree of resources and what goes in and out. */
export type ClientOperation = {
  /** `['organizations', 'members']`. */
  resource: string[]
  /** `list`, `create`, `revokeSessions`. */
  verb: string
  operationId: string
  summary: string
  scope: string
  method: string
  path: string
  /** Names in the path, in their order: the first arguments. */
  ids: string[]
  query: Parameter[]
  body: Schema | null
  /** The answer; null when there is none. */
  answer: Schema | null
  /** The item of a list with cursors. */
  item: Schema | null
  /** Takes an Idempotency-Key, so that repeating it is safe. */
  isIdempotent: boolean
}

const PREFIX = '/api/v1/backend/'

/** Every operation of the document that a server with a secret key may call, in the document's order. */
export function readOperations(document: OpenApi): ClientOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    path.startsWith(PREFIX)
      ? Object.entries(methods).map(([method, operation]) =>
          readOperation(path, method.toUpperCase(), operation),
        )
      : [],
  )
}

function readOperation(path: string, method: string, operation: RawOperation): ClientOperation {
  const parts = path.slice(PREFIX.length).split('/')
  const ids = parts.filter(isParameter).map((part) => part.slice(1, -1))
  const parameters = operation.parameters ?? []
  const query = parameters.filter((parameter) => parameter.in === 'query')
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))
  const answer = success?.[1].content?.['application/json']?.schema ?? null
  const rows = answer?.properties?.data
  const isPaged = rows?.type === 'array' && query.some(({ name }) => name === 'after')
  return {
    ...placeOf(parts, method, isPaged || rows?.type === 'array'),
    operationId: operation.operationId,
    summary: operation.summary,
    scope: operation['x-authstack-who']?.scope ?? '',
    method,
    path,
    ids,
    query,
    body: operation.requestBody?.content['application/json']?.schema ?? null,
    answer,
    item: isPaged ? (rows?.items ?? {}) : null,
    isIdempotent: parameters.some(({ name }) => name === 'Idempotency-Key'),
  }
}

/** The resource is the path's nouns; a word behind an id that is POSTed to is a verb of its own. */
function placeOf(parts: string[], method: string, isList: boolean) {
  const nouns = parts.filter((part) => !isParameter(part)).map(camelCase)
  const last = parts.at(-1) ?? ''
  if (isParameter(last)) return { resource: nouns, verb: itemVerb(method, nouns) }
  const isBehindId = isParameter(parts.at(-2) ?? '')
  if (method === 'POST' && isBehindId && !isCollection(last)) {
    return { resource: nouns.slice(0, -1), verb: nouns.at(-1) ?? '' }
  }
  if (method === 'GET' && !isList) return { resource: nouns, verb: 'get' }
  return { resource: nouns, verb: collectionVerb(method, nouns) }
}

/** Collections are plural nouns; verbs such as `revoke-sessions` have a hyphen or no plural. */
const isCollection = (word: string) => word.endsWith('s') && !word.includes('-')

function itemVerb(method: string, nouns: string[]): string {
  if (method === 'GET') return 'get'
  if (method === 'PATCH') return 'update'
  if (method === 'PUT') return 'set'
  return nouns.at(-1) === 'members' ? 'remove' : 'delete'
}

function collectionVerb(method: string, nouns: string[]): string {
  if (method === 'GET') return 'list'
  if (method === 'DELETE') return 'deleteAll'
  return nouns.at(-1) === 'members' ? 'add' : 'create'
}

const isParameter = (part: string) => part.startsWith('{')

const camelCase = (word: string) => word.replace(/-(\w)/g, (_all, letter) => letter.toUpperCase())
