import { createHash } from 'node:crypto'
import type { PublicContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { answerCached } from './answer-cached.ts'
import { referencePage } from './reference-page.ts'
import { REFERENCE_SCRIPT } from './reference-script.ts'
import { REFERENCE_STYLE } from './reference-style.ts'
import { servedDocument } from './served-document.ts'

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing but the one style and the one script of this page runs, whatever a summary may hold. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(REFERENCE_STYLE)}`,
  `script-src ${hashOf(REFERENCE_SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export const showReference = defineAction<PublicContext>()({
  id: 'showReference',
  summary: 'This API as a page to read',
  output: 'raw',
  async run(context) {
    const { document } = await servedDocument()
    const { name, theme } = context.services.settings
    const page = referencePage(document, { name, darkMode: theme.darkMode })
    return answerCached(context, page, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
    })
  },
})
