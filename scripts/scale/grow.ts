import { spawnSync } from 'node:child_process'
import { type Api, openApi } from '../lib/api.ts'
import { authstackBin } from '../lib/repository.ts'
import type { OwnProject } from './own-project.ts'

type Session = { accessToken: string; organizations: { id: string }[] }
export type Owner = { email: string; password: string; organizationIds: string[] }

/** A person's session names all their organizations; nobody has hundreds, so the owners change. */
const organizationsPerOwner = 20

/** Creates organizations one after another by the public API, and keeps who owns them. */
export class Growth {
  readonly owners: Owner[] = []
  readonly #project: OwnProject
  readonly #api: Api
  #count = 0
  #bearer = ''

  constructor(project: OwnProject) {
    this.#project = project
    this.#api = openApi(project.api, project.nativeKey)
  }

  /** Grows to `count` organizations. Answers the milliseconds of each new one. */
  async growTo(count: number): Promise<number[]> {
    const took: number[] = []
    // An access token lives for 300 s.
    const owner = this.owners.at(-1)
    if (owner) this.#bearer = (await this.signIn(owner)).accessToken
    while (this.#count < count) {
      try {
        took.push(await this.#add())
      } catch (error) {
        throw new Error(`organization ${this.#count + 1} was not made: ${error}`, { cause: error })
      }
      this.#count++
    }
    return took
  }

  async #add(): Promise<number> {
    const owner = await this.#ownerOfNext()
    const started = performance.now()
    const { id } = await this.#api<{ id: string }>('POST', 'organizations', {
      bearer: this.#bearer,
      body: { name: `Tenant ${this.#count + 1}` },
    })
    owner.organizationIds.push(id)
    return performance.now() - started
  }

  signIn({ email, password }: Owner): Promise<Session> {
    return this.#api('POST', 'auth/login', { body: { email, password } })
  }

  switchTo(bearer: string, organizationId: string): Promise<unknown> {
    return this.#api('POST', 'auth/switch', { bearer, body: { organizationId } })
  }

  async #ownerOfNext(): Promise<Owner> {
    const last = this.owners.at(-1)
    if (last && last.organizationIds.length < organizationsPerOwner) return last
    const number = this.owners.length + 1
    const owner = {
      email: `owner-${number}@example.com`,
      password: `harbour-lantern-${number}-quiet`,
      organizationIds: [],
    }
    createUser(this.#project, owner)
    this.owners.push(owner)
    this.#bearer = (await this.signIn(owner)).accessToken
    return owner
  }
}

function createUser({ folder, env }: OwnProject, { email, password }: Owner): void {
  const args = ['users', 'create', '--email', email, '--with-password', '--verified', '--json']
  const { status, stderr } = spawnSync(process.execPath, [authstackBin, ...args], {
    cwd: folder,
    env,
    input: password,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`authstack users create: exit ${status}\n${stderr}`)
}
