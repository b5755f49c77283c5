import { readFileSync } from 'node:fs'

/** What a guard demands, as `x-authstack-who` of the document says it. */
export interface DocumentedWho {
  kind: string
  permission?: string | null
  freshMinutes?: number | null
  session?: 'hub' | 'any'
  scope?: string
  issuesSession?: boolean
  /** Whether a machine key of the organization may call it as well. */
  machines?: boolean
}

export type Schema = Record<string, unknown>

/** One operation of the committed OpenAPI document. */
export interface DocumentedRoute {
  id: string
  method: string
  /** With `{names}`, from `/`. */
  path: string
  who: DocumentedWho
  params: string[]
  /** Of the JSON body; null when it takes none. */
  body: Schema | null
  query: { name: string; required: boolean; schema: Schema }[]
  statuses: number[]
}

const METHODS = /^(get|post|put|patch|delete)$/

/** Every operation of openapi.json: a route that is added is in at once. */
export function documentedRoutes(): DocumentedRoute[] {
  const file = new URL('../../../openapi.json', import.meta.url)
  const { paths } = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries<Record<string, never>>(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => METHODS.test(method))
      .map(([method, operation]) => toRoute(path, method, operation)),
  )
}

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI operation, read field by field.
function toRoute(path: string, method: string, operation: any): DocumentedRoute {
  return {
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    who: operation['x-authstack-who'],
    params: [...path.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1])),
    body: operation.requestBody?.content?.['application/json']?.schema ?? null,
    query: (operation.parameters ?? []).filter((one: { in: string }) => one.in === 'query'),
    statuses: Object.keys(operation.responses).map(Number).filter(Number.isInteger),
  }
}

/** The path with its parameters filled in; a name that nobody gave a value for throws. */
export function fillPath(path: string, values: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`No value for {${name}} of ${path}`)
    return encodeURIComponent(value)
  })
}
