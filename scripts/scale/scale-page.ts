import { formatSeconds } from '../lib/terminal.ts'
import { findKnee } from './find-knee.ts'
import type { SizeFigures } from './measure-size.ts'

/** The part of docs/benchmarks.md about how many organizations one instance carries. */
export function scalePage(sizes: SizeFigures[], stopped: string | null): string {
  const knee = findKnee(sizes)
  const end = stopped
    ? `It ended there: ${stopped}.`
    : 'Nothing broke a bound; larger was not tried.'
  return `## Organizations of one instance

One instance that grows; each organization has a realm. Create, sign in and switch are medians, one request at a time through the front; deploy and rollback change one file; restart is \`kill -9\` of Keycloak, \`authstack deploy\`, a sign-in and a token; first create is the first organization made after that. Memory as \`authstack status\` tells it (PSS).

| organizations | create | sign in | switch | deploy | rollback | restart | first create | Keycloak | all |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${sizes.map(row).join('\n')}

Usable up to ${knee} as far as measured. ${end} \`organizations.max\` of a new project is 500, and \`authstack doctor\` warns from there on.
`
}

function row(figures: SizeFigures): string {
  const { organizations, createMs, signInMs, switchMs, keycloakBytes, allBytes } = figures
  return `| ${[
    organizations,
    ms(createMs),
    ms(signInMs),
    ms(switchMs),
    formatSeconds(figures.deploySeconds),
    formatSeconds(figures.rollbackSeconds),
    formatSeconds(figures.restartSeconds),
    ms(figures.firstCreateMs),
    mebibytes(keycloakBytes),
    mebibytes(allBytes),
  ].join(' | ')} |`
}

const ms = (milliseconds: number) => `${Math.round(milliseconds)} ms`
const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`
