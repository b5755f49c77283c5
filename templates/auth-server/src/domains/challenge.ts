import { randomBytes } from 'node:crypto'
import type { Dns } from '../dns.ts'

/** What a domain's owner puts into the DNS. The value is no secret: it only has to be there. */
export function challengeOf({ domain, token }: { domain: string; token: string }) {
  return {
    type: 'TXT' as const,
    name: `_authstack-challenge.${domain}`,
    value: `authstack-verification=${token}`,
  }
}

/** 192 random bits: nobody finds the value of a claim in a zone by chance, or by a wildcard. */
export const newChallengeToken = (): string => randomBytes(24).toString('base64url')

/** Whether the record is there. @throws Problem `unavailable` when the DNS does not answer */
export async function isChallengeMet(
  dns: Dns,
  claim: { domain: string; token: string },
): Promise<boolean> {
  const { name, value } = challengeOf(claim)
  return (await dns.txt(name)).includes(value)
}
