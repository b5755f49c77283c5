import { useAuth, useTenant } from '@authstack/react'
import { useCallback, useEffect, useState } from 'react'
import { callProjects, type Project } from './project-api.ts'

type State =
  | { status: 'loading' }
  | { status: 'failed'; message: string }
  | { status: 'ready'; projects: Project[] }

/** The projects of the current organization, and the four things one can do with them. */
export function useProjects() {
  const { getToken } = useAuth()
  const { currentOrganization } = useTenant()
  const organizationId = currentOrganization?.id
  const [state, setState] = useState<State>({ status: 'loading' })
  const [attempt, setAttempt] = useState(0)

  const call = useCallback(
    async <T>(...request: Tail<Parameters<typeof callProjects>>): Promise<T> =>
      callProjects<T>(await getToken({ organizationId }), ...request),
    [getToken, organizationId],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is the wish to load again.
  useEffect(() => {
    if (!organizationId) return
    // An answer for the organization that was open before must not be shown in this one.
    let isStale = false
    setState({ status: 'loading' })
    call<{ data: Project[] }>('GET').then(
      ({ data }) => isStale || setState({ status: 'ready', projects: data }),
      (error: Error) => isStale || setState({ status: 'failed', message: error.message }),
    )
    return () => {
      isStale = true
    }
  }, [call, organizationId, attempt])

  const change = (update: (projects: Project[]) => Project[]) =>
    setState((now) =>
      now.status === 'ready' ? { status: 'ready', projects: update(now.projects) } : now,
    )

  return {
    state,
    reload: () => setAttempt((count) => count + 1),
    async create(name: string) {
      const project = await call<Project>('POST', '', { name })
      change((projects) => [project, ...projects])
    },
    async rename(id: string, name: string) {
      const project = await call<Project>('PATCH', id, { name })
      change((projects) => projects.map((one) => (one.id === id ? project : one)))
    },
    async remove(id: string) {
      await call<void>('DELETE', id)
      change((projects) => projects.filter((one) => one.id !== id))
    },
  }
}

type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never
