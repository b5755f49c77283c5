import { nameOf, type Trails, type Verification } from './trails.ts'

/** The first page of an evidence folder: what each file shows, and for which criterion of SOC 2. */
export function evidenceReadme(
  { project, environment, mode }: { project: string; environment: string; mode: string },
  trails: Trails,
  results: Verification[],
): string {
  const broken = results.filter(({ isWhole }) => !isWhole)
  const verdict =
    broken.length === 0
      ? `All ${results.length} trails verify.`
      : `${broken.length} of ${results.length} trails do not verify: ${broken.map(({ trail }) => nameOf(trail)).join(', ')}.`
  const retention = trails.data.map(
    (trail) =>
      `| ${nameOf(trail)} | ${trail.head?.seq ?? 0} | ${trail.retentionDays} days | ${trail.checkpoint ? trail.checkpoint.cutBefore : 'nothing was cut'} |`,
  )
  return `# Evidence of ${project}, ${environment}, ${mode} data

Made at ${new Date().toISOString()} by \`authstack audit evidence\`. ${verdict}

| file | shows | SOC 2 |
|---|---|---|
| settings.json | rules of sign-in, password and session, and the SHA-256 of authstack.config.ts | CC6.1, CC8.1 |
| roles.json | the permissions that exist and which role grants them | CC6.3 |
| access.csv | everybody with access to every organization, with role and date | CC6.2, CC6.3 |
| keys.json | API keys: kind, scopes, origins, dates of creation, expiry and revocation | CC6.1 |
| trails.json | the signed end of every audit trail, and where retention cut it | CC7.2 |
| verification.json | the check of every trail: hashes, signatures, ends known before | CC7.2, CC7.3 |
| public-key.pem | what the signatures are checked with | CC7.2 |
| SHA256SUMS | sums of all files: \`sha256sum -c SHA256SUMS\` | |

Keep this folder where the operators of the instance cannot write. The next check compares with it:
\`authstack audit verify --heads <this folder>\`; so does \`authstack audit evidence --heads <this folder>\`.

| trail | events | kept | cut before |
|---|---|---|---|
${retention.join('\n')}
`
}
