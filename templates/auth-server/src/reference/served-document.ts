import { createHash } from 'node:crypto'
import { loadExtensions } from '../extensions.ts'
import { buildOpenApi } from '../http/openapi.ts'
import type { OpenApiDocument } from './document-types.ts'

interface Served {
  document: OpenApiDocument
  json: string
}

let served: Promise<Served> | null = null

/** The OpenAPI document of every public route of this project, its own extensions among them. Made once. */
export function servedDocument(): Promise<Served> {
  served ??= build()
  return served
}

async function build(): Promise<Served> {
  // Asked for when it is needed: the table of routes holds the two routes that show it.
  const { routes } = await import('../routes.ts')
  const extensions = await loadExtensions()
  const document = buildOpenApi([...routes, ...extensions.routes]) as unknown as OpenApiDocument
  return { document, json: JSON.stringify(document) }
}

/** A strong ETag of a body. */
export const etagOf = (body: string): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
