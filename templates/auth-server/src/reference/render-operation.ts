import { escapeHtml } from '../pages/error-page.ts'
import type { OpenApiOperation, OpenApiParameter } from './document-types.ts'
import { renderShape, typeWords } from './render-shape.ts'
import { whoWords } from './who-words.ts'

const PROBLEM_DOCS = 'https://authstack.dev/errors/'

/** One operation: closed it is a line, open it says who may call it, what goes in, out and wrong. */
export function renderOperation(path: string, method: string, operation: OpenApiOperation): string {
  const { operationId, summary } = operation
  const id = escapeHtml(operationId)
  return `<details class="operation" id="${id}">
<summary><span class="method ${method}">${method.toUpperCase()}</span> <code class="path">${breakable(
    path,
  )}</code> <span class="summary">${escapeHtml(summary)}</span></summary>
<div class="inside">
<dl class="facts"><dt>Who may call</dt><dd>${escapeHtml(
    whoWords(operation['x-authstack-who']),
  )}</dd><dt>Operation</dt><dd><code>${id}</code> <a href="#${id}">link</a></dd></dl>
${parametersOf(operation.parameters)}${bodyOf(operation)}${answersOf(operation)}${problemsOf(operation)}
</div>
</details>`
}

/** A path may break behind each slash, so that it fits a narrow screen. */
const breakable = (path: string) => escapeHtml(path).replaceAll('/', '/<wbr>')

const section = (title: string, inner: string) =>
  inner === '' ? '' : `<section><h4>${title}</h4>${inner}</section>\n`

function parametersOf(parameters: OpenApiParameter[]): string {
  const items = parameters.map((one) => {
    const optional = one.required ? '' : ' <span class="optional">optional</span>'
    const note = one.description ? `<span class="note">${escapeHtml(one.description)}</span>` : ''
    return `<li><code class="name">${escapeHtml(one.name)}</code> <span class="type">${escapeHtml(
      `${typeWords(one.schema)} in the ${one.in}`,
    )}</span>${optional}${note}</li>`
  })
  return section('Parameters', items.length > 0 ? `<ul class="shape">${items.join('')}</ul>` : '')
}

function bodyOf({ requestBody }: OpenApiOperation): string {
  const schema = requestBody?.content['application/json']?.schema
  return section('Body', schema ? renderShape(schema) : '')
}

function answersOf({ responses }: OpenApiOperation): string {
  return Object.entries(responses)
    .filter(([status]) => /^[23]/.test(status))
    .map(([status, { description, content }]) => {
      const schema = content?.['application/json']?.schema
      const inner = schema ? renderShape(schema) : `<p class="type">${escapeHtml(description)}</p>`
      return section(`Answer ${status}`, inner)
    })
    .join('')
}

function problemsOf({ responses }: OpenApiOperation): string {
  const rows = Object.entries(responses)
    .filter(([status]) => /^[45]/.test(status))
    .map(([status, { description }]) => {
      const codes = description.split(', ').map((code) => {
        const name = escapeHtml(code)
        return /^[a-z_]+$/.test(code)
          ? `<a href="${PROBLEM_DOCS}${name}" rel="noreferrer">${name}</a>`
          : name
      })
      return `<li><span class="status">${status}</span> <span>${codes.join(', ')}</span></li>`
    })
  return section('Problems', rows.length > 0 ? `<ul class="problems">${rows.join('')}</ul>` : '')
}
