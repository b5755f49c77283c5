import { z } from 'zod'
import { PROBLEMS, type ProblemCode } from '../errors.ts'
import { guardProblems } from './guard-problems.ts'
import type { Route, Who } from './route.ts'
import { tagOf } from './tag-of.ts'

type Json = Record<string, unknown>

/** OpenAPI 3.1 of the routes, made from the same shapes that guard them, so it cannot say otherwise. */
export function buildOpenApi(routes: Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'AuthStack instance API',
      version: '1',
      description: 'Generated from the guards of the server by "npm run openapi"; do not edit.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-AuthStack-Key' },
        secretKey: { type: 'apiKey', in: 'header', name: 'X-AuthStack-Secret' },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        machineKey: { type: 'http', scheme: 'bearer', bearerFormat: 'authstack_org_...' },
      },
      schemas: { Problem: problemSchema() },
    },
  }
}

function operation(route: Route): Json {
  const { path, who, action } = route
  const status = String(action.status ?? (action.output === null ? 204 : 200))
  return {
    operationId: action.id,
    summary: action.summary,
    tags: [tagOf(path)],
    security: security(who),
    parameters: [
      ...parameters('path', action.params, path),
      ...parameters('query', action.query),
      ...(action.idempotent ? [header('Idempotency-Key', 'Repeats give the first answer')] : []),
      ...(who.kind === 'member' ? [header('X-Tenant-ID', 'Must equal orgId when sent')] : []),
    ],
    ...(action.body ? { requestBody: requestBody(action) } : {}),
    responses: {
      ...problems([...guardProblems(route), ...(action.problems ?? [])], action.output === 'raw'),
      [status]: success(action.output),
      default: problem('A problem that no request can foresee'),
    },
    'x-authstack-who': plainWho(who),
  }
}

/** One response a status, which names its codes; a client can tell what may come without trying. */
function problems(codes: ProblemCode[], isRaw: boolean): Json {
  const byStatus: Record<string, Set<ProblemCode>> = {}
  for (const code of codes) {
    const status = String(PROBLEMS[code].status)
    byStatus[status] = (byStatus[status] ?? new Set()).add(code)
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, found]) => [
      status,
      problem([...found].join(', '), isRaw),
    ]),
  )
}

const problem = (description: string, isRaw = false): Json => ({
  description,
  content: {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    // Somebody navigated there: a person reads a page.
    ...(isRaw ? { 'text/html': {} } : {}),
  },
})

/** What the guard demands, word for word: the denial matrix is generated from it. */
const plainWho = (who: Who): Json => JSON.parse(JSON.stringify(who))

function security(who: Who): Json[] {
  switch (who.kind) {
    case 'everyone':
      return []
    case 'key':
      return [{ apiKey: [] }]
    case 'secret':
      return [{ secretKey: [] }]
    case 'user':
      return [{ apiKey: [], accessToken: [] }]
    case 'member':
      return [{ apiKey: [], accessToken: [] }, ...(who.machines ? [{ machineKey: [] }] : [])]
    case 'operator':
      return [{ accessToken: [] }]
  }
}

function parameters(place: 'path' | 'query', schema: unknown, path = ''): Json[] {
  const described = schema instanceof z.ZodType ? toJsonSchema(schema, 'input') : {}
  const properties = (described.properties ?? {}) as Record<string, Json>
  const required = new Set((described.required as string[] | undefined) ?? [])
  const inPath = place === 'path' ? [...path.matchAll(/:(\w+)/g)].map((match) => match[1]) : []
  const names = place === 'path' ? inPath : Object.keys(properties)
  return names.map((name) => ({
    name,
    in: place,
    required: place === 'path' || required.has(String(name)),
    schema: properties[String(name)] ?? { type: 'string' },
  }))
}

const header = (name: string, description: string): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
})

function requestBody({ body, rawBody }: Route['action']): Json {
  const schema = rawBody ? { type: 'object' } : toJsonSchema(body as z.ZodType, 'input')
  return { required: true, content: { 'application/json': { schema } } }
}

function success(output: Route['action']['output']): Json {
  if (output === null) return { description: 'Done' }
  if (output === 'raw') return { description: 'A redirect, a page or a key set' }
  return {
    description: 'The answer',
    content: { 'application/json': { schema: toJsonSchema(output, 'output') } },
  }
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return described
}

function problemSchema(): Json {
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code', 'requestId'],
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'string', enum: Object.keys(PROBLEMS) },
      requestId: { type: 'string', format: 'uuid' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['pointer', 'message', 'code'],
          properties: {
            pointer: { type: 'string' },
            message: { type: 'string' },
            code: { type: 'string' },
          },
        },
      },
    },
  }
}
