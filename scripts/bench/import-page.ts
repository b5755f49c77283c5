/** What `authstack import --json` says of a run. */
export type ImportRun = {
  people: number
  created: number
  skipped: number
  failed: number
  seconds: number
}

/** The part of docs/benchmarks.md about `authstack import`. */
export function importPage(first: ImportRun, again: ImportRun): string {
  for (const { people, created, skipped, failed } of [first, again]) {
    if (failed > 0 || created + skipped !== people) throw new Error('Not everybody was imported')
  }
  const rate = (run: ImportRun) => Math.round(run.people / run.seconds).toLocaleString('en')
  return `## Import

\`authstack import\` of a CSV file with bcrypt hashes, in batches of 100: rows, the person in Keycloak's hub with password and link, and the trail. The second run of the same file finds everybody there.

| | people | time | people a second |
|---|---:|---:|---:|
| new | ${first.people.toLocaleString('en')} | ${Math.round(first.seconds)} s | ${rate(first)} |
| again | ${again.people.toLocaleString('en')} | ${again.seconds.toFixed(1)} s | ${rate(again)} |
`
}
