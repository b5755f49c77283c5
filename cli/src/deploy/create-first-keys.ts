import type { StepList } from '../output/steps.ts'

type Mode = 'live' | 'test'

/** Body of `POST /operator/v1/keys`. */
export type NewKey = {
  kind: 'browser' | 'native' | 'secret'
  name: string
  origins?: string[]
  redirectUris?: string[]
  scopes?: string[]
}

export type CreatedKey = {
  id: string
  kind: NewKey['kind']
  mode: Mode
  name: string
  /** The key itself. A secret one is shown this once and never again. */
  key: string
}

/** How keys are listed and made: the operator routes. */
export type KeysDoor = {
  list: (mode: Mode) => Promise<{ name: string }[]>
  create: (mode: Mode, key: NewKey) => Promise<CreatedKey>
  origins: string[]
  redirectUris: string[]
}

/** Makes the keys of a new instance; does nothing in a mode that has any key of the customer's. */
export async function createFirstKeys(steps: StepList, door: KeysDoor): Promise<CreatedKey[]> {
  return steps.run('keys', async (step) => {
    const created: CreatedKey[] = []
    for (const mode of ['live', 'test'] as const) {
      const existing = await door.list(mode)
      if (existing.some(({ name }) => name !== 'pages')) continue
      for (const key of firstKeys(mode, door)) created.push(await door.create(mode, key))
    }
    if (created.length > 0) step.setDone(`API keys created: ${created.length}`)
    return created
  })
}

function firstKeys(mode: Mode, { origins, redirectUris }: KeysDoor): NewKey[] {
  const publishable: NewKey[] = [
    { kind: 'browser', name: 'web', origins, redirectUris },
    { kind: 'native', name: 'native' },
  ]
  if (mode === 'test') return publishable
  return [...publishable, { kind: 'secret', name: 'backend', scopes: ['bff', 'introspect'] }]
}
