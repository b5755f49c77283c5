import type { InstanceFile } from '../state/instance.ts'
import { type Colour, operatorSocket, type StatePaths } from '../state/state-paths.ts'
import { apiSocket } from './live-link.ts'

/**
 * The environment of every entry point of a project. Public facts only: secrets are files in
 * CREDENTIALS_DIRECTORY.
 */
export function instanceEnv(
  paths: StatePaths,
  instance: InstanceFile,
  release: { version: string; colour: Colour; mailFrom: string },
): Record<string, string> {
  const { ports } = instance
  return {
    NODE_ENV: 'production',
    AUTHSTACK_PROJECT: instance.project,
    AUTHSTACK_VERSION: release.version,
    AUTHSTACK_ENVIRONMENT: instance.environment,
    AUTHSTACK_LISTEN: `unix:${apiSocket(paths, release.colour)}`,
    AUTHSTACK_OPERATOR_LISTEN: `unix:${operatorSocket(paths, release.colour)}`,
    AUTHSTACK_PUBLIC_URL: instance.publicUrl,
    AUTHSTACK_KEYCLOAK_URL: `http://127.0.0.1:${ports.keycloak}`,
    AUTHSTACK_PG_HOST: '127.0.0.1',
    AUTHSTACK_PG_PORT: String(ports.postgres),
    AUTHSTACK_REDIS_URL: `redis://127.0.0.1:${ports.redis}`,
    AUTHSTACK_SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    AUTHSTACK_MAIL_FROM: release.mailFrom,
    CREDENTIALS_DIRECTORY: paths.credentials,
  }
}
