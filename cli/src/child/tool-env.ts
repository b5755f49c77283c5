import { dirname } from 'node:path'

/**
 * The environment for npm and node run in a project: the Node that runs us comes first on PATH, and
 * what describes our own process (a test runner around us, npm's own variables) stays out.
 */
export function toolEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) =>
      !/^(NODE_TEST_CONTEXT|NODE_ENV|NODE_V8_COVERAGE|VITEST.*|INIT_CWD)$/.test(name) &&
      !/^npm_(config_(local_prefix|prefix|workspace.*)|package_.*|lifecycle_.*|command)$/.test(
        name,
      ),
  )
  return {
    ...Object.fromEntries(kept),
    PATH: `${dirname(process.execPath)}:${env.PATH ?? '/usr/bin:/bin'}`,
  }
}
