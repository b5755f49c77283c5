import type { PublicContext } from '../http/context.ts'
import type { RawAnswer } from '../http/define-action.ts'
import { etagOf } from './served-document.ts'

/** Five minutes from the cache, then asked by ETag: a deploy may change it. */
export function answerCached(
  context: Pick<PublicContext, 'header'>,
  body: string,
  headers: Record<string, string>,
): RawAnswer {
  const etag = etagOf(body)
  const cached = { ETag: etag, 'Cache-Control': 'public, max-age=300' }
  const known = (context.header('if-none-match') ?? '').split(/\s*,\s*/)
  if (known.includes(etag) || known.includes(`W/${etag}`)) {
    return { status: 304, headers: cached, body: '' }
  }
  return { status: 200, headers: { ...headers, ...cached }, body }
}
