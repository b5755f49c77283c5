import type { PublicContext } from '../http/context.ts'
import { defineAction } from '../http/define-action.ts'
import { answerCached } from './answer-cached.ts'
import { servedDocument } from './served-document.ts'

export const showOpenApi = defineAction<PublicContext>()({
  id: 'showOpenApi',
  summary: 'This API as an OpenAPI 3.1 document',
  output: 'raw',
  async run(context) {
    const { json } = await servedDocument()
    return answerCached(context, json, { 'Content-Type': 'application/json; charset=utf-8' })
  },
})
