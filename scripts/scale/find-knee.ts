import type { SizeFigures } from './measure-size.ts'

/** Past these an instance is no longer usable: who creates an organization, signs in or waits for a restart would ask. */
const bounds = {
  createMs: 5_000,
  signInMs: 2_000,
  switchMs: 500,
  deploySeconds: 120,
  restartSeconds: 60,
  firstCreateMs: 15_000,
} as const

/** The first bound that a size breaks, as a person would say it; null when it is usable. */
export function unusableFor(figures: SizeFigures): string | null {
  for (const [name, bound] of Object.entries(bounds) as [keyof typeof bounds, number][]) {
    if (figures[name] > bound) return `${name} ${Math.round(figures[name])} is above ${bound}`
  }
  return null
}

/** The largest size that was measured and usable, or 0. Sizes rise. */
export function findKnee(sizes: SizeFigures[]): number {
  let knee = 0
  for (const figures of sizes) {
    if (unusableFor(figures)) break
    knee = figures.organizations
  }
  return knee
}
