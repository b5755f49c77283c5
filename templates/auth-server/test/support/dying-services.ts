import type { Services } from '../../src/services.ts'

/** What a saga does to the outside, and dies of. */
export class Killed extends Error {
  override name = 'Killed'
}

/**
 * The same services, which "die" at the n-th thing that is asked of PostgreSQL or Keycloak: that call
 * does not happen, and nothing after it either. Count from 1; a saga that ends before is finished.
 */
export function dyingServices(services: Services, diesAt: number): Services {
  let calls = 0
  const counted = (target: object): never =>
    new Proxy(target, {
      get(of, name) {
        const value = Reflect.get(of, name)
        if (typeof value !== 'function') return value
        return (...given: unknown[]) => {
          calls += 1
          if (calls >= diesAt) throw new Killed(`at call ${diesAt}: ${String(name)}`)
          return value.apply(of, given)
        }
      },
    }) as never
  const { realms, users } = services.keycloak
  return {
    ...services,
    db: counted(services.db),
    keycloak: { ...services.keycloak, realms: counted(realms), users: counted(users) },
  }
}
