import { open } from 'node:fs/promises'
import { usageError } from '../errors.ts'
import type { Format } from './person.ts'

/** How the file is written, whatever it tells of. */
export type FileShape = 'csv' | 'lines' | 'document'
export type Detected = { format: Format; shape: FileShape }

const HEAD_BYTES = 64 * 1024

/** Looks into the first 64 KB. `wanted` (from --format) settles whose export it is, not how it is written. */
export async function detectFormat(file: string, wanted?: Format): Promise<Detected> {
  const head = await readHead(file)
  const shape = shapeOf(head)
  if (!shape) throw unknownFormat(file)
  const format = wanted ?? formatOf(head, shape)
  if ((format === 'csv') !== (shape === 'csv') && ['csv', 'jsonl'].includes(format)) {
    throw unknownFormat(file)
  }
  return { format, shape }
}

async function readHead(file: string): Promise<string> {
  try {
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      return buffer
        .toString('utf8', 0, bytesRead)
        .replace(/^\uFEFF/, '')
        .trimStart()
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw usageError({
      code: 'import_file_unreadable',
      what: 'The file cannot be read.',
      why: `${file}: ${(cause as Error).message}`,
      next: ['Check the path; it is read from the folder that you are in.'],
      cause,
    })
  }
}

function shapeOf(head: string): FileShape | null {
  if (head.startsWith('[')) return 'document'
  const firstLine = head.split(/\r?\n/, 1)[0] ?? ''
  if (head.startsWith('{'))
    return isJson(firstLine) && !isWholeRealm(firstLine) ? 'lines' : 'document'
  return /mail/i.test(firstLine) ? 'csv' : null
}

/** An export without line breaks is one JSON line, and no line of people. */
const isWholeRealm = (line: string) => /"users"\s*:\s*\[/.test(line)

function isJson(line: string): boolean {
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

function formatOf(head: string, shape: FileShape): Format {
  if (shape === 'csv') {
    return /(^|,)"?primary_email_address"?(,|\r|\n)/.test(head) ? 'clerk' : 'csv'
  }
  if (/"(primary_email_address_id|password_digest)"\s*:/.test(head)) return 'clerk'
  if (
    /"user_id"\s*:\s*"(auth0|google-oauth2)\||"_tmp_is_unique"|"custom_password_hash"|"tenant"\s*:/.test(
      head,
    )
  ) {
    return 'auth0'
  }
  if (shape === 'document' && head.startsWith('{')) return 'keycloak'
  if (/"credentialData"\s*:/.test(head)) return 'keycloak'
  return 'jsonl'
}

function unknownFormat(file: string) {
  return usageError({
    code: 'import_format_unknown',
    what: 'The file is in no format that can be imported.',
    why: `${file} is neither CSV with an email column, nor JSON lines, nor a JSON document of people.`,
    next: [
      'docs/guide/import.md shows each format.',
      'With --format you say whose export it is: csv, jsonl, keycloak, auth0 or clerk.',
    ],
  })
}
