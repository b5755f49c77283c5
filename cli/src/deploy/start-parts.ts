import type { Machine } from '../machine/machine.ts'
import type { StepHandle, StepList } from '../output/steps.ts'

/**
 * Everything a version stands on, as much side by side as the order allows: PostgreSQL → its roles
 * → Keycloak, beside Redis, mailbox and front, beside `packaged` and Keycloak's one-time build.
 * `sourceFolder` says which provider set Keycloak needs. Answers the names that were started.
 */
export async function startParts(options: {
  machine: Machine
  steps: StepList
  sourceFolder: string
  version: string
  /** Settles when the release lies finished on the machine; only a first boot waits for it. */
  packaged: Promise<unknown>
}): Promise<string[]> {
  const { machine, steps, sourceFolder, version, packaged } = options
  const started: string[] = []
  const start = async (name: Parameters<Machine['startService']>[0], step?: StepHandle) => {
    const outcome = await machine.startService(name, sourceFolder, (text) => step?.progress(text))
    if (outcome !== 'kept') started.push(name)
    return outcome
  }

  const built = machine.buildKeycloak(sourceFolder)
  const postgres = start('postgres')
  const services = steps.run('services', async (step) => {
    const outcomes = await settleAll([postgres, start('redis'), start('mailbox'), start('front')])
    if (outcomes.every((outcome) => outcome === 'kept')) step.skip('they run')
  })
  const keycloak = steps.run('keycloak', async (step) => {
    // The build takes a minute and harms nobody: no failure elsewhere waits for it.
    await unlessFailed(
      built.ready((text) => step.progress(text)),
      [services, packaged],
    )
    await postgres
    if (!machine.isBootstrapped('database')) {
      step.progress('waiting for the first databases')
      await packaged
      await machine.runTask(version, 'bootstrap-database')
      machine.markBootstrapped('database')
    }
    step.progress('booting')
    const outcome = await start('keycloak', step)
    if (machine.isBootstrapped('keycloak')) {
      if (outcome === 'kept') step.skip('it runs')
      return
    }
    await packaged
    step.progress('making the first realms')
    await machine.runTask(version, 'bootstrap-keycloak')
    machine.markBootstrapped('keycloak')
  })
  await settleAll([services, keycloak, packaged])
  return started
}

/** Waits for `work`, or rejects as soon as one of the others does. */
function unlessFailed(work: Promise<void>, others: Promise<unknown>[]): Promise<void> {
  return new Promise((resolve, reject) => {
    work.then(resolve, reject)
    for (const other of others) other.catch(reject)
  })
}

/** As Promise.all, but nothing runs on behind a failure: the lock is given back right after. */
export async function settleAll<T>(work: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work)
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}
