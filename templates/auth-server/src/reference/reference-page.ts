import { escapeHtml } from '../pages/error-page.ts'
import type { OpenApiDocument, OpenApiOperation } from './document-types.ts'
import { REFERENCE_SCRIPT } from './reference-script.ts'
import { REFERENCE_STYLE } from './reference-style.ts'
import { renderOperation } from './render-operation.ts'

interface Look {
  /** The project's name. */
  name: string
  darkMode: 'system' | 'light' | 'dark'
}

interface Line {
  path: string
  method: string
  operation: OpenApiOperation
}

/** The whole document as one page: readable without its script, which only filters and opens. */
export function referencePage(document: OpenApiDocument, { name, darkMode }: Look): string {
  const groups = groupByTag(document)
  const total = [...groups.values()].reduce((sum, lines) => sum + lines.length, 0)
  const title = `API of ${escapeHtml(name)}`
  return `<!doctype html>
<html lang="en" data-theme="${darkMode}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${REFERENCE_STYLE}</style>
</head>
<body>
<a class="skip" href="#content">To the operations</a>
<header><h1>${title}</h1>
<p>${total} operations under <code>/api/v1</code>. JSON in and out; problems are <code>application/problem+json</code> with a stable <code>code</code>. As a document: <a href="openapi.json">openapi.json</a>.</p></header>
<div class="columns">
<nav aria-label="Resources"><ul>
${[...groups].map(([tag, lines]) => `<li><a href="#tag-${escapeHtml(tag)}">${words(tag)}</a> <span class="count">${lines.length}</span></li>`).join('\n')}
</ul></nav>
<main id="content" tabindex="-1">
<p class="search" hidden><label for="search">Filter</label> <input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="invitation, POST, members:edit"></p>
<p id="none" role="status" hidden>No operation holds these words.</p>
${[...groups].map(([tag, lines]) => group(tag, lines)).join('\n')}
</main>
</div>
<script>${REFERENCE_SCRIPT}</script>
</body>
</html>
`
}

function group(tag: string, lines: Line[]): string {
  const id = `tag-${escapeHtml(tag)}`
  const inner = lines.map(({ path, method, operation }) => renderOperation(path, method, operation))
  return `<section class="group" aria-labelledby="${id}"><h2 id="${id}">${words(tag)}</h2>
${inner.join('\n')}
</section>`
}

function groupByTag(document: OpenApiDocument): Map<string, Line[]> {
  const groups = new Map<string, Line[]>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? 'other'
      groups.set(tag, [...(groups.get(tag) ?? []), { path, method, operation }])
    }
  }
  return groups
}

/** "audit-events" is "Audit events". */
function words(tag: string): string {
  const plain = escapeHtml(tag.replaceAll('-', ' '))
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}
