import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import ipaddr from 'ipaddr.js'
import { type CountryResponse, Reader } from 'mmdb-lib'

/** Looks up an address in a file on this machine: no address ever leaves it. */
export interface Countries {
  /** ISO 3166-1 alpha-2, or null for a private, reserved or unknown address. */
  countryOf(ip: string): string | null
}

const FILE = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

/**
 * The only door to the country file: registry and routing data in the public domain (CC0), 8 MB, read
 * when the first address is asked for. A country is as much as such a file can honestly say.
 */
export function openCountries(): Countries {
  let reader: Reader<CountryResponse> | null = null
  return {
    countryOf(address) {
      const ip = publicAddress(address)
      if (!ip) return null
      reader ??= new Reader(readFileSync(createRequire(import.meta.url).resolve(FILE)))
      const found = reader.get(ip) as { country_code?: string } | CountryResponse | null
      const code = found && ('country_code' in found ? found.country_code : null)
      return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : null
    },
  }
}

/** The file says "AU" of 192.168.0.1: only addresses that the Internet routes are asked for. */
function publicAddress(address: string): string | null {
  if (!ipaddr.isValid(address)) return null
  // Also takes an IPv4 address out of IPv6's clothes.
  const parsed = ipaddr.process(address)
  return parsed.range() === 'unicast' ? parsed.toString() : null
}
