/** Of `n` measurements in milliseconds: the middle one and the one that 95 of 100 stay under. */
export type Summary = { n: number; medianMs: number; p95Ms: number }

/** Nearest-rank percentiles. Throws on an empty list: no figure is made of nothing. */
export function summarize(milliseconds: number[]): Summary {
  if (milliseconds.length === 0) throw new Error('nothing was measured')
  const sorted = [...milliseconds].sort((a, b) => a - b)
  return { n: sorted.length, medianMs: percentile(sorted, 50), p95Ms: percentile(sorted, 95) }
}

function percentile(sorted: number[], percent: number): number {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] as number
}
