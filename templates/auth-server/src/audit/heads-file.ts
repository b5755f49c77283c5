import { mkdir, open as openFile, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { type Mode, modes } from '../db/mode.ts'
import type { Database } from '../db/open-database.ts'
import type { AuditSigner, Head, SignedHead } from './audit-signer.ts'

/** What the file of one mode holds. */
interface Contents {
  heads: Record<string, SignedHead>
  /** Ends that the database denied later: they are kept, and verification names them, for good. */
  disputed: SignedHead[]
}

export interface HeadsFile {
  /** Remembers new ends; they are written within a few seconds. */
  note(mode: Mode, heads: SignedHead[]): void
  /** The ends of one chain that are known outside the database. Forged ones are left out. */
  read(mode: Mode, chain: string): Promise<Head[]>
  /** Chains whose end is known outside the database. */
  chains(mode: Mode): Promise<string[]>
  /** Writes what is noted, now. */
  flush(): Promise<void>
  stop(): Promise<void>
}

const WRITE_MILLISECONDS = 5_000

interface Needs {
  db: Pick<Database, 'tenantRead'>
  signer: AuditSigner
  log: Logger
  /** Null: there is no place outside the database, and a cut tail can only be found by an export. */
  folder: string | null
}

/**
 * The ends of all chains, in a file beside the instance: whoever can write every row of the database
 * still cannot shorten a trail, because its end is written down where they do not reach. Before an end
 * is replaced by a later one, the database is asked whether it still has the one before.
 */
export function openHeadsFile(needs: Needs): HeadsFile {
  const noted: Record<Mode, Map<string, SignedHead>> = { live: new Map(), test: new Map() }
  let writing: Promise<void> = Promise.resolve()
  const flush = () => {
    writing = writing.then(() => writeAll(needs, noted))
    return writing
  }
  const timer = setInterval(flush, WRITE_MILLISECONDS)
  timer.unref()
  return {
    note(mode, heads) {
      for (const head of heads) noted[mode].set(head.chain, head)
    },
    async read(mode, chain) {
      const { heads, disputed } = await readContents(needs, mode)
      const own = [...Object.values(heads), ...disputed].filter((head) => head.chain === chain)
      return own.filter((head) => isSigned(needs, head))
    },
    async chains(mode) {
      const { heads } = await readContents(needs, mode)
      return Object.values(heads).flatMap((head) => (isSigned(needs, head) ? [head.chain] : []))
    },
    flush,
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}

async function writeAll(needs: Needs, noted: Record<Mode, Map<string, SignedHead>>): Promise<void> {
  for (const mode of modes) {
    const heads = [...noted[mode].values()]
    if (heads.length === 0 || !needs.folder) continue
    try {
      await writeContents(needs, mode, await merge(needs, mode, heads))
      for (const head of heads) {
        if (noted[mode].get(head.chain) === head) noted[mode].delete(head.chain)
      }
    } catch (error) {
      needs.log.warn({ err: error, mode }, 'The heads of the trail could not be written')
    }
  }
}

/** The other colour may have written meanwhile, so the file is read again each time. */
async function merge(needs: Needs, mode: Mode, heads: SignedHead[]): Promise<Contents> {
  const contents = await readContents(needs, mode)
  for (const head of heads) {
    const before = contents.heads[head.chain]
    if (before && !(await isStillThere(needs, mode, before))) {
      needs.log.error({ mode, before, now: head }, 'The audit trail no longer has what it had')
      contents.disputed.push(before)
    }
    if (!before || before.seq <= head.seq || contents.disputed.includes(before)) {
      contents.heads[head.chain] = head
    }
  }
  return contents
}

/** Cut by retention counts as there: the checkpoint goes on from it. */
async function isStillThere({ db }: Needs, mode: Mode, head: Head): Promise<boolean> {
  const rows = await db.tenantRead<{ hash: Buffer | null; cut: string | null }>(
    mode,
    head.chain,
    (knex) =>
      knex.select(
        knex('audit_links')
          .where({ tenant_id: head.chain, seq: head.seq })
          .select('hash')
          .as('hash'),
        knex('audit_checkpoints').where({ tenant_id: head.chain }).max('seq').as('cut'),
      ),
  )
  const { hash = null, cut = null } = rows[0] ?? {}
  if (cut !== null && Number(cut) >= head.seq) return true
  return hash?.toString('hex') === head.hash
}

function isSigned({ signer }: Needs, head: SignedHead): boolean {
  return signer.isHead(head, Buffer.from(head.signature, 'base64'))
}

async function readContents({ folder }: Needs, mode: Mode): Promise<Contents> {
  if (!folder) return { heads: {}, disputed: [] }
  try {
    return JSON.parse(await readFile(pathOf(folder, mode), 'utf8')) as Contents
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { heads: {}, disputed: [] }
    throw error
  }
}

/** Whole or not at all: a half-written file would be no witness. */
async function writeContents({ folder }: Needs, mode: Mode, contents: Contents): Promise<void> {
  const path = pathOf(String(folder), mode)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}.new`
  const file = await openFile(draft, 'w', 0o600)
  try {
    await file.writeFile(`${JSON.stringify(contents, null, 1)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

const pathOf = (folder: string, mode: Mode) => join(folder, `audit-heads-${mode}.json`)
