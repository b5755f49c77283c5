import { lookup as systemLookup } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'

export interface Address {
  address: string
  family: number
}

/** Every address of a host name, as the system resolves it. Tests give their own. */
export type Lookup = (hostname: string) => Promise<Address[]>

export const lookupAll: Lookup = (hostname) =>
  systemLookup(hostname, { all: true, order: 'ipv4first' })

/**
 * Resolves a host once and gives the address to connect to. Refused when ANY of its addresses is
 * not of the public internet: a name with one public and one inner address would otherwise reach
 * the inner one now and then. The caller must connect to the given address, not to the name: a name
 * that answers differently the second time (DNS rebinding) is never asked a second time.
 *
 * Stops: a webhook URL as a way to the cloud's metadata service, to PostgreSQL, Redis or Keycloak
 * on loopback, or to the office network.
 */
export async function findAddress(
  hostname: string,
  { allowLoopback, lookup = lookupAll }: { allowLoopback: boolean; lookup?: Lookup },
): Promise<Address> {
  // A literal IPv6 address stands in brackets in a URL.
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''))
  const [first] = addresses
  if (!first) throw new Error(`${hostname} has no address`)
  for (const { address } of addresses) {
    const range = rangeOf(address)
    const isAllowed = range === 'unicast' || (allowLoopback && range === 'loopback')
    if (!isAllowed) throw new Error(`${hostname} leads to a private address (${range})`)
  }
  return first
}

/** Everybody may reach these, and on the machines of some clouds they are the cloud's own services. */
const PLATFORMS = new Set(['168.63.129.16'])
/** All of the public IPv6 internet; what is outside and no range of its own is reserved, or an old `::a.b.c.d`. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3')

/** `unicast` is the public internet; an IPv4 address inside an IPv6 one is judged as what it is. */
export function rangeOf(address: string): string {
  if (!ipaddr.isValid(address)) return 'invalid'
  const parsed = ipaddr.process(address)
  const range = parsed.range()
  if (range !== 'unicast') return range
  if (parsed.kind() === 'ipv6') return parsed.match(GLOBAL_IPV6) ? range : 'reserved'
  return PLATFORMS.has(parsed.toString()) ? 'platform' : range
}
