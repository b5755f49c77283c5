/** The parts of our OpenAPI document that the reference page reads. */
export interface OpenApiDocument {
  info: { title: string; version: string }
  paths: Record<string, Record<string, OpenApiOperation>>
}

export interface OpenApiOperation {
  operationId: string
  summary: string
  tags: string[]
  parameters: OpenApiParameter[]
  requestBody?: { content: OpenApiContent }
  responses: Record<string, { description: string; content?: OpenApiContent }>
  'x-authstack-who': Record<string, unknown>
}

export interface OpenApiParameter {
  name: string
  in: string
  required: boolean
  description?: string
  schema: JsonSchema
}

type OpenApiContent = Record<string, { schema?: JsonSchema }>

export interface JsonSchema {
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  maxItems?: number
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  additionalProperties?: boolean | JsonSchema
  $ref?: string
}
