import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../errors.ts'
import type { KnownHead } from './verify-file.ts'

const HeadsFile = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      head: z.object({ seq: z.number(), hash: z.string() }).nullable(),
    }),
  ),
})

/** The ends of trails out of an evidence folder, or of its trails.json. */
export async function readHeads(path: string): Promise<KnownHead[]> {
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false
  const file = isFolder ? join(path, 'trails.json') : path
  const text = await readFile(file, 'utf8').catch((error) => {
    throw unreadable(file, error.message)
  })
  const parsed = HeadsFile.safeParse(safeJson(text))
  if (!parsed.success) throw unreadable(file, 'It is not the trails.json of an evidence folder.')
  return parsed.data.data.flatMap(({ id, head }) => (head ? [{ chain: id, ...head }] : []))
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unreadable(file: string, why: string): UserError {
  return new UserError({
    code: 'heads_unreadable',
    what: `${file} holds no ends of trails.`,
    why,
    next: ['Name an evidence folder, or its trails.json: --heads evidence-2026-11-25'],
  })
}
