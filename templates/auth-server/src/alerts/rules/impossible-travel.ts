import { leastKilometers } from '../country-places.ts'

export interface SignInPlace {
  country: string | null
  at: Date
}

export interface Journey {
  kilometers: number
  minutes: number
}

/**
 * Two sign-ins of one person so far apart that no aeroplane makes it. Only countries are known, so the
 * least distance between them counts: neighbours are 0 apart and never alarm.
 */
export function impossibleJourney(
  from: SignInPlace | null,
  to: SignInPlace,
  rule: { kilometers: number; kilometersPerHour: number },
): Journey | null {
  if (!from?.country || !to.country || from.country === to.country) return null
  const kilometers = leastKilometers(from.country, to.country)
  const minutes = Math.abs(to.at.getTime() - from.at.getTime()) / 60_000
  if (kilometers < rule.kilometers) return null
  if (kilometers <= (rule.kilometersPerHour * minutes) / 60) return null
  return { kilometers, minutes: Math.round(minutes) }
}
