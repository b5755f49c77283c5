import type { z } from 'zod'
import type { ProblemCode } from '../errors.ts'

type Schema = z.ZodType
type Parsed<S> = S extends Schema ? z.output<S> : undefined
type Answer<S> = S extends Schema ? z.input<S> : undefined

/** An answer that is no JSON document: a redirect, a page, a key set with its own cache rules. */
export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

export interface Action<
  C,
  P extends Schema | undefined = Schema | undefined,
  Q extends Schema | undefined = Schema | undefined,
  B extends Schema | undefined = Schema | undefined,
  O extends Schema | null | 'raw' = Schema | null | 'raw',
> {
  /** OpenAPI's operationId, and the name in logs. */
  id: string
  summary: string
  /** Path parameters. A value that does not parse answers 404: no such thing can exist. */
  params?: P
  query?: Q
  /** The JSON body. Use `z.strictObject`, so that unknown fields are refused. */
  body?: B
  /** `body` is the bytes as they came (`z.instanceof(Buffer)`): for a signature over them. */
  rawBody?: boolean
  /** Status of the success; 200 by default, 204 when `output` is null. */
  status?: number
  /** What goes out; undeclared fields are stripped. `null` is an empty answer. */
  output: O
  /** The problems of its own, beside those that its guard can give: 4xx that a client may meet here. */
  problems?: ProblemCode[]
  /** Honours `Idempotency-Key`: the first answer is kept for a day and given again. */
  idempotent?: boolean
  /**
   * A property and no method: TypeScript compares the arguments of methods loosely, and an action that
   * needs a member would pass behind a guard that lets everybody in.
   */
  run: (
    context: C,
    input: { params: Parsed<P>; query: Parsed<Q>; body: Parsed<B> },
  ) => Promise<O extends 'raw' ? RawAnswer : O extends null ? void : Answer<O>>
}

/**
 * Declares what one route does: the shapes that come in and go out, and the verb itself. Inside `run`
 * nothing is checked again; who may call is said in `routes.ts`, by the context type it asks for.
 *
 * @example defineAction<MemberContext>()({ id: 'leave', summary: '...', output: null, async run(context) {} })
 */
export function defineAction<C>() {
  return <
    P extends Schema | undefined = undefined,
    Q extends Schema | undefined = undefined,
    B extends Schema | undefined = undefined,
    O extends Schema | null | 'raw' = null,
  >(
    action: Action<C, P, Q, B, O>,
  ): Action<C, P, Q, B, O> => action
}
