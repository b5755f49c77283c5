import { Flags } from '@oclif/core'

/** `--env`: which environment of the project. */
export const environmentFlag = {
  env: Flags.string({
    description: 'Environment of the project',
    default: 'local',
    env: 'AUTHSTACK_ENV',
    helpValue: '<name>',
  }),
}

/** `--mode`: separate data for live and test keys. */
export const modeFlag = {
  mode: Flags.option({
    description: 'Which data: live or test',
    options: ['live', 'test'] as const,
    default: 'live',
    helpValue: 'live|test',
  })(),
}

/** `--yes`: answers yes/no questions only. */
export const yesFlag = {
  yes: Flags.boolean({ char: 'y', description: 'Answer yes to every yes/no question' }),
}
