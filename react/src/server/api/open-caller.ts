import type { Caller, CallOptions, CallRequest, Page, Paged } from './caller.ts'
import { type Line, sendPatiently } from './send-patiently.ts'

/** Sends calls as JSON over one line to the instance. */
export function openCaller(line: Line): Caller {
  const one = <Answer>(request: CallRequest, options: CallOptions) =>
    sendPatiently<Answer>(line, request, options)
  return {
    one,
    list<Item>(request: CallRequest, options: CallOptions): Paged<Item> {
      const page = (after?: string) =>
        one<Page<Item>>(
          { ...request, query: { ...request.query, ...(after ? { after } : {}) } },
          options,
        )
      return {
        // biome-ignore lint/suspicious/noThenProperty: a list that is awaited is its first page.
        then: (resolve, reject) => page().then(resolve, reject),
        async *[Symbol.asyncIterator]() {
          for (let after: string | undefined; ; ) {
            const { data, page: position } = await page(after)
            yield* data
            // A cursor that does not move would be an endless loop.
            if (!position.hasMore || !position.nextCursor || position.nextCursor === after) return
            after = position.nextCursor
          }
        },
      }
    },
  }
}
