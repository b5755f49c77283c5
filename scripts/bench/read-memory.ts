import { runAuthstack } from '../lib/run-authstack.ts'

/** Memory of one part of an instance with its child processes, in bytes. */
export type PartMemory = { name: string; bytes: number }

type Status = { processes: { name: string; memoryBytes: number | null }[] }

/** Memory of each part as `authstack status --json` tells it. */
export async function readMemory(project: string, env: NodeJS.ProcessEnv): Promise<PartMemory[]> {
  const { processes } = await runAuthstack<Status>(['status'], { cwd: project, env })
  return processes.flatMap(({ name, memoryBytes }) =>
    memoryBytes === null ? [] : [{ name, bytes: memoryBytes }],
  )
}
