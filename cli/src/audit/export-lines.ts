import type { OperatorClient } from '../operator/operator-client.ts'
import { type ExportedLink, exportPage } from './trails.ts'

export type ExportFormat = 'ndjson' | 'csv'

/** First line of an NDJSON export: whose trail, and what its signatures are checked with. */
export type ExportHeader = {
  type: 'authstack.audit/v1'
  mode: 'live' | 'test'
  trail: { id: string; organization: { slug: string; name: string } | null }
  publicKey: string
  checkpoint: { seq: number; hash: string; cutBefore: string; signature: string } | null
  exportedAt: string
}

export const exportType = 'authstack.audit/v1'

const columns = [
  'seq',
  'createdAt',
  'action',
  'actorKind',
  'actorId',
  'targetKind',
  'targetId',
  'ip',
  'userAgent',
  'data',
  'hash',
] as const

/**
 * A trail as lines, page by page, so that one of any length passes through little memory. NDJSON has
 * everything that is needed to verify it elsewhere; CSV is for reading.
 */
export async function* exportLines(
  operator: OperatorClient,
  { organization, format }: { organization?: string; format: ExportFormat },
): AsyncGenerator<string> {
  let after = 0
  for (;;) {
    const page = await exportPage(operator, { organization, after })
    if (after === 0) yield firstLine(page, format)
    for (const link of page.data) {
      yield format === 'csv' ? csvLine(link) : JSON.stringify(link)
    }
    const last = page.data.at(-1)
    if (!page.hasMore || !last) return
    after = last.seq
  }
}

function firstLine(
  page: Pick<ExportHeader, 'mode' | 'trail' | 'publicKey' | 'checkpoint'>,
  format: ExportFormat,
): string {
  if (format === 'csv') return columns.join(',')
  const { mode, trail, publicKey, checkpoint } = page
  const header: ExportHeader = {
    type: exportType,
    mode,
    trail,
    publicKey,
    checkpoint,
    exportedAt: new Date().toISOString(),
  }
  return JSON.stringify(header)
}

function csvLine({ seq, hash, event, personal }: ExportedLink): string {
  const values: Record<(typeof columns)[number], unknown> = {
    seq,
    createdAt: event?.createdAt,
    action: event?.action ?? '(deleted)',
    actorKind: event?.actorKind,
    actorId: event?.actorId,
    targetKind: event?.targetKind,
    targetId: event?.targetId,
    ip: personal?.ip,
    userAgent: personal?.userAgent,
    data: event ? JSON.stringify(event.data) : undefined,
    hash,
  }
  return columns.map((name) => csvCell(values[name])).join(',')
}

/**
 * Quoted where it must be. A user agent is anybody's text, and a spreadsheet runs what begins like a
 * formula: an apostrophe in front keeps it text.
 */
function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
