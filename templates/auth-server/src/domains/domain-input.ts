import freeEmailDomains from 'free-email-domains'
import { parse } from 'tldts'
import { z } from 'zod'

/** Whoever has a mailbox there does not have the domain. */
const publicMailDomains = new Set(freeEmailDomains)

/**
 * A domain as people write it, in any script and case; comes out as the DNS has it (`münchen.de` →
 * `xn--mnchen-3ya.de`). Refused are addresses, names that nobody registers (`co.uk`, `github.io`,
 * `localhost`), and domains of public mail services with all that is below them.
 */
export const domainInput = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .transform((text, context) => {
    const domain = toAscii(text)
    const fault = domain === null ? notADomain : faultOf(domain)
    if (domain !== null && fault === null) return domain
    context.addIssue({ code: 'custom', message: fault ?? notADomain, input: text })
    return z.NEVER
  })

const notADomain = 'A domain like "example.com", without "@", scheme or path'

function toAscii(text: string): string | null {
  // A dot at the end means the same name in the DNS and would be another one to us.
  const name = text.replace(/\.$/, '')
  // URL would read all of these as parts of something else than a host.
  if (/[\s/\\@:?#%[\]]/.test(name)) return null
  try {
    return new URL(`https://${name}`).hostname
  } catch {
    return null
  }
}

function faultOf(domain: string): string | null {
  const found = parse(domain, { allowPrivateDomains: true })
  if (found.isIp || !/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(domain)) {
    return notADomain
  }
  if (!found.domain || !(found.isIcann || found.isPrivate)) {
    return 'Nobody can own this name. Use a registered domain'
  }
  if (publicMailDomains.has(domain) || publicMailDomains.has(found.domain)) {
    return 'This is the domain of a public mail service'
  }
  return null
}
