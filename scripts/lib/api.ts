/** A refused request: the status and the stable code of the problem document. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  constructor(request: string, status: number, code: string, detail: string) {
    super(`${request} answered ${status} ${code}: ${detail}`)
    this.status = status
    this.code = code
  }
}

/** Calls the public API of an instance as an app without a browser would. */
export type Api = <T>(
  method: string,
  path: string,
  options?: { body?: unknown; bearer?: string; headers?: Record<string, string> },
) => Promise<T>

const timeoutSeconds = 30

/** `origin` like `http://localhost:4700`; `key` any API key; paths are under `/api/v1/`. */
export function openApi(origin: string, key: string): Api {
  return async (method, path, { body, bearer, headers } = {}) => {
    const response = await fetch(`${origin}/api/v1/${path}`, {
      method,
      headers: {
        'x-authstack-key': key,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    })
    const text = await response.text()
    if (!response.ok) {
      const problem = parseProblem(text)
      throw new ApiError(`${method} ${path}`, response.status, problem.code, problem.detail)
    }
    return (text ? JSON.parse(text) : null) as never
  }
}

function parseProblem(text: string): { code: string; detail: string } {
  try {
    const { code = 'unknown', detail = '' } = JSON.parse(text)
    return { code, detail }
  } catch {
    return { code: 'unknown', detail: text.slice(0, 200) }
  }
}
