/** One project of the current organization, as the backend answers it. */
export interface Project {
  id: string
  name: string
  createdBy: string
  createdAt: string
  updatedAt: string
}

/** A failure of this app's backend; `message` is a sentence for the person. */
export class ProjectApiError extends Error {
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

/** One request to this app's backend, with a token that is good for this app only. */
export async function callProjects<T>(
  token: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  projectId = '',
  body?: { name: string },
): Promise<T> {
  let response: Response
  try {
    response = await fetch(`/api/projects${projectId && `/${projectId}`}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(15_000),
    })
  } catch {
    throw new ProjectApiError(
      'The server cannot be reached. Check your connection and try again.',
      0,
    )
  }
  if (response.status === 204) return undefined as T
  const answer = await response.json().catch(() => null)
  if (!response.ok) {
    throw new ProjectApiError(sentenceFor(response.status, answer?.title), response.status)
  }
  return answer as T
}

function sentenceFor(status: number, title: unknown): string {
  if (status === 403) return 'Your role in this organization does not allow that.'
  if (status === 401) return 'Your sign-in has ended. Load the page again.'
  return typeof title === 'string' ? title : 'That did not work. Try again.'
}
