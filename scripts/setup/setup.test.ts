import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { repository } from '../lib/repository.ts'

const setup = join(repository, 'bin', 'setup')
const quickSeconds = 10

test('a second setup has nothing to do, says nothing and is quick', () => {
  assert.equal(spawnSync(setup, { stdio: 'ignore' }).status, 0)
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(setup, { encoding: 'utf8' })
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' })
  assert.ok(performance.now() - started < quickSeconds * 1000)
})

test('an unknown argument is exit 2 and names it', () => {
  const { status, stderr } = spawnSync(setup, ['--nonsense'], { encoding: 'utf8' })
  assert.equal(status, 2)
  assert.match(stderr, /--nonsense/)
})

const machine = mkdtempSync(join(tmpdir(), 'authstack-machine-'))
after(() => rmSync(machine, { recursive: true, force: true }))

test('without root it installs nothing and says exactly what is missing', () => {
  const { status, stderr, calls } = onBareMachine({ uid: 1000 })
  assert.equal(status, 1)
  assert.match(stderr, /lacks: git unzip java redis-server/)
  assert.match(stderr, /apt-get install git unzip openjdk/)
  assert.equal(calls, '')
})

test('as root on Debian it installs what is missing, of the JREs the newest the system has', () => {
  const { stderr, calls } = onBareMachine({ uid: 0 })
  assert.match(
    calls,
    /install -y -qq --no-install-recommends git unzip openjdk-17-jre-headless redis-server/,
    stderr,
  )
})

/** Runs only the package step, on a PATH that has bash's own tools and a recorded apt-get, and nothing else. */
function onBareMachine({ uid }: { uid: number }) {
  const folder = mkdtempSync(join(machine, 'bin-'))
  for (const tool of [
    'bash',
    'cat',
    'mkdir',
    'tr',
    'tail',
    'sed',
    'env',
    'rm',
    'chmod',
    'head',
    'grep',
  ]) {
    symlinkSync(spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim(), join(folder, tool))
  }
  const calls = join(folder, 'calls')
  script(join(folder, 'id'), `echo ${uid}`)
  script(join(folder, 'apt-get'), `echo "$*" >> '${calls}'`)
  // As Debian 12 answers: it has 17, knows 21 by name alone, and never heard of 25.
  script(
    join(folder, 'apt-cache'),
    `case "$1 $2" in
      'policy openjdk-17-'*) printf '  Installed: (none)\\n  Candidate: 17.0.21-1\\n' ;;
      *' openjdk-21-'*) printf '  Installed: (none)\\n  Candidate: (none)\\n' ;;
    esac`,
  )
  const program = `set -euo pipefail
    root='${folder}'
    with_browser=no with_maven=no with_keycloak=no with_python=no
    . '${repository}/scripts/shell/steps.sh'
    . '${repository}/scripts/setup/packages.sh'
    without_services() { "$@"; }
    install_missing_programs`
  const { status, stderr } = spawnSync('bash', ['--norc', '-c', program], {
    encoding: 'utf8',
    env: { PATH: folder, LANG: 'C.UTF-8', HOME: folder },
  })
  return { status, stderr, calls: existsSync(calls) ? readFileSync(calls, 'utf8') : '' }
}

function script(path: string, body: string): void {
  writeFileSync(path, `#!/usr/bin/env bash\n${body}\n`)
  chmodSync(path, 0o755)
}
