/** What one call may say beside its arguments. */
export interface CallOptions {
  signal?: AbortSignal
  /** For one attempt; default: the client's. */
  timeoutSeconds?: number
  /** Makes repeating a create safe over a restart of yours too. Default: a new one for each call. */
  idempotencyKey?: string
}

/** One page of a list. */
export interface Page<Item> {
  data: Item[]
  page: { nextCursor: string | null; hasMore: boolean }
}

/**
 * A list: awaited, it is its first page; iterated with `for await`, it is every item of every page,
 * one page at a time.
 */
export type Paged<Item> = PromiseLike<Page<Item>> & AsyncIterable<Item>

export interface CallRequest {
  method: string
  path: string
  query?: object
  body?: unknown
  /** The route takes an Idempotency-Key. */
  isIdempotent?: boolean
}

/** How the generated calls reach the instance. */
export interface Caller {
  one<Answer>(request: CallRequest, options: CallOptions): Promise<Answer>
  list<Item>(request: CallRequest, options: CallOptions): Paged<Item>
}
