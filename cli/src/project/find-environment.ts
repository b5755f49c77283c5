import { settingsError } from '../errors.ts'
import type { Settings } from './settings-schema.ts'

export type Environment = Settings['environments'][string] & { name: string }

/** The environment called `name` of the settings. Exit 3 when there is none. */
export function findEnvironment(settings: Settings, name: string): Environment {
  const environment = Object.hasOwn(settings.environments, name)
    ? settings.environments[name]
    : undefined
  if (environment) return { ...environment, name }
  throw settingsError({
    code: 'environment_unknown',
    what: `There is no environment "${name}".`,
    why: `authstack.config.ts has: ${Object.keys(settings.environments).join(', ') || 'none'}.`,
    next: [`Use --env with one of them, or add ${name} to \`environments\`.`],
  })
}
