import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../lib/repository.ts'

/**
 * Builds the Keycloak module again and compares it with the committed jar, entry by entry: what users run must be
 * what was reviewed. Of the manifest the JDK's own number is left out, so a newer JDK may check an older build.
 */
const keycloak = join(repository, 'templates', 'auth-server', 'keycloak')
const name = 'authstack-keycloak-providers.jar'
const scratch = mkdtempSync(join(tmpdir(), 'authstack-jar-'))
try {
  cpSync(join(keycloak, 'providers'), scratch, {
    recursive: true,
    filter: (path) => !path.endsWith('/target'),
  })
  execFileSync('mvn', ['-B', '-q', 'package'], {
    cwd: scratch,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const differing = compare(join(keycloak, name), join(scratch, 'target', name))
  if (differing.length > 0) {
    console.log(
      `The committed jar is not what its sources give. Differing: ${differing.join(', ')}`,
    )
    console.log(
      `Build it: mvn -f templates/auth-server/keycloak/providers package, then copy target/${name}`,
    )
    process.exitCode = 1
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function compare(committed: string, built: string): string[] {
  const names = new Set([...entries(committed), ...entries(built)])
  return [...names].filter((entry) => content(committed, entry) !== content(built, entry))
}

function entries(jar: string): string[] {
  return execFileSync('unzip', ['-Z1', jar], { encoding: 'utf8' }).trim().split('\n')
}

/** The bytes of one entry as latin1; null when the jar has no such entry. */
function content(jar: string, entry: string): string | null {
  if (!entries(jar).includes(entry)) return null
  if (entry.endsWith('/')) return ''
  const bytes = execFileSync('unzip', ['-p', jar, entry]).toString('latin1')
  return entry === 'META-INF/MANIFEST.MF' ? bytes.replace(/^Build-Jdk-Spec:.*$/m, '') : bytes
}
