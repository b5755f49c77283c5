import { Resolver } from 'node:dns/promises'
import { Problem } from './errors.ts'

/** The only door to the DNS. */
export interface Dns {
  /**
   * The TXT records of a name, each put together from its pieces; none when there are none.
   *
   * @throws Problem `unavailable` when the DNS does not answer: that says nothing about the records
   */
  txt(name: string): Promise<string[]>
}

const timeoutMilliseconds = 2_000
const triesMax = 2

/** Opens the door. @param servers `address` or `address:port`; none: those of the machine */
export function openDns(servers: string[]): Dns {
  const resolver = new Resolver({ timeout: timeoutMilliseconds, tries: triesMax })
  if (servers.length > 0) resolver.setServers(servers)
  return {
    async txt(name) {
      try {
        return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
      } catch (error) {
        const { code } = error as { code?: string }
        if (code === 'ENOTFOUND' || code === 'ENODATA') return []
        throw new Problem('unavailable', {
          detail: 'The DNS does not answer. Try again.',
          retryAfterSeconds: 10,
          cause: error,
        })
      }
    },
  }
}
