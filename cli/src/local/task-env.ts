import type { TaskName } from '../machine/machine.ts'
import { otherColour } from '../state/colour.ts'
import type { ReadyContext } from './context.ts'
import { instanceEnv } from './instance-env.ts'
import { readLive } from './live-link.ts'
import { superuserUrl } from './postgres.ts'

/** What a task of one version finds in its environment: what the colour to come will find. */
export function taskEnv(context: ReadyContext, version: string, task: TaskName) {
  const { paths, instance, mailFrom } = context
  return {
    ...instanceEnv(paths, instance, { version, colour: otherColour(readLive(paths)), mailFrom }),
    // Only this one task may do everything in the database.
    ...(task === 'bootstrap-database'
      ? { AUTHSTACK_PG_SUPERUSER_URL: superuserUrl(paths, instance.ports.postgres) }
      : {}),
  }
}
