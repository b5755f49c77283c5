import { type ClientOperation, type OpenApi, readOperations } from './read-operations.ts'
import { type Schema, schemaToType } from './schema-to-type.ts'

const HEAD = `// Generated from templates/auth-server/openapi.json by "npm run client --workspace scripts".
// Not edited by hand: a test compares it with a fresh one.
import type { Caller, CallOptions, Paged } from './caller.ts'
`

/** The typed calls of the backend routes, as source text that Biome has still to format. */
export function generateClient(document: OpenApi): string {
  const operations = readOperations(document)
  const names = nameSchemas(operations)
  const declarations = [...names.values()].map(
    ({ name, schema }) =>
      `export interface ${name} ${schemaToType(schema, nameExcept(names, schema))}`,
  )
  const inputs = operations.flatMap((operation) => inputTypes(operation))
  return [
    HEAD,
    ...declarations,
    ...inputs,
    `/** The calls by resource. Every one rejects with an \`AuthStackError\`. */
export function createResources(call: Caller) {
  return ${resourceTree(operations, names)}
}`,
  ].join('\n\n')
}

type Names = Map<string, { name: string; schema: Schema }>

/** What a resource answers is named after it: `organizations` give `Organization`. The same shape has one name. */
function nameSchemas(operations: ClientOperation[]): Names {
  const names: Names = new Map()
  const taken = new Set<string>()
  for (const operation of operations) {
    const schema = operation.item ?? operation.answer
    if (schema?.type !== 'object') continue
    const key = JSON.stringify(schema)
    if (names.has(key)) continue
    const wanted = singular(operation.resource.at(-1) ?? '')
    const name = taken.has(wanted) ? `${capital(operation.operationId)}Answer` : wanted
    taken.add(name)
    names.set(key, { name, schema })
  }
  return names
}

const nameIn = (names: Names) => (schema: Schema) => names.get(JSON.stringify(schema))?.name ?? null

/** The declaration itself must not be its own name. */
function nameExcept(names: Names, own: Schema) {
  const find = nameIn(names)
  return (schema: Schema) => (schema === own ? null : find(schema))
}

function inputTypes({ operationId, query, body }: ClientOperation): string[] {
  const types: string[] = []
  if (query.length > 0) {
    const schema: Schema = {
      type: 'object',
      properties: Object.fromEntries(query.map((one) => [one.name, one.schema])),
      required: query.filter((one) => one.required).map((one) => one.name),
    }
    types.push(`export interface ${capital(operationId)}Query ${schemaToType(schema)}`)
  }
  if (body) {
    const type = schemaToType(body)
    const declared = body.type === 'object' && body.properties ? 'interface' : 'type'
    const name = `${capital(operationId)}Body`
    types.push(
      declared === 'interface'
        ? `export interface ${name} ${type}`
        : `export type ${name} = ${type}`,
    )
  }
  return types
}

type Tree = { calls: ClientOperation[]; below: Map<string, Tree> }

function resourceTree(operations: ClientOperation[], names: Names): string {
  const root: Tree = { calls: [], below: new Map() }
  for (const operation of operations) {
    let at = root
    for (const word of operation.resource) {
      const next = at.below.get(word) ?? { calls: [], below: new Map() }
      at.below.set(word, next)
      at = next
    }
    at.calls.push(operation)
  }
  return treeText(root, names)
}

function treeText({ calls, below }: Tree, names: Names): string {
  const lines = [
    ...calls.map((operation) => callText(operation, names)),
    ...[...below].map(([word, tree]) => `${word}: ${treeText(tree, names)}`),
  ]
  return `{\n${lines.join(',\n')}\n}`
}

function callText(operation: ClientOperation, names: Names): string {
  const { verb, summary, scope, method, path, ids, query, body, item, isIdempotent } = operation
  const base = capital(operation.operationId)
  const isQueryNeeded = query.some((parameter) => parameter.required)
  const isBodyNeeded = body !== null && (body.required ?? []).length > 0
  const parameters = [
    ...ids.map((id) => `${id}: string`),
    ...(body ? [`body: ${base}Body${isBodyNeeded ? '' : ' = {}'}`] : []),
    ...(query.length > 0 ? [`query: ${base}Query${isQueryNeeded ? '' : ' = {}'}`] : []),
    'options: CallOptions = {}',
  ]
  const request = [
    `method: '${method}'`,
    `path: ${pathText(path)}`,
    ...(query.length > 0 ? ['query'] : []),
    ...(body ? ['body'] : []),
    ...(isIdempotent ? ['isIdempotent: true'] : []),
  ]
  const nameOf = nameIn(names)
  const [kind, type] = item
    ? ['list', `Paged<${schemaToType(item, nameOf)}>`]
    : ['one', `Promise<${operation.answer ? schemaToType(operation.answer, nameOf) : 'void'}>`]
  return `/** ${summary}. Scope \`${scope}\`. */
${verb}: (${parameters.join(', ')}): ${type} => call.${kind}({ ${request.join(', ')} }, options)`
}

const pathText = (path: string) =>
  path.includes('{')
    ? `\`${path.replaceAll(/\{(\w+)\}/g, (_all, id) => `\${encodeURIComponent(${id})}`)}\``
    : `'${path}'`

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

function singular(word: string): string {
  const one = word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/s$/, '')
  return capital(one)
}
