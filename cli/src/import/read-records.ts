import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parse } from 'csv-parse'
import { usageError } from '../errors.ts'
import type { FileShape } from './detect-format.ts'
import type { FileRecord } from './person.ts'

/** Every record of a file with the line where it is; documents (not lines) count their entries. */
export function readRecords(file: string, shape: FileShape): AsyncIterable<FileRecord> {
  switch (shape) {
    case 'csv':
      return readCsv(file)
    case 'lines':
      return readLines(file)
    case 'document':
      return readDocument(file)
  }
}

async function* readCsv(file: string): AsyncGenerator<FileRecord> {
  const skipped: FileRecord[] = []
  const parser = createReadStream(file).pipe(
    parse({
      columns: true,
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      // A line with a column too many is named, and the others come in.
      skip_records_with_error: true,
      on_skip: (error) => {
        skipped.push({ line: Number(error?.lines ?? 0), fault: faultOf(error?.code) })
        return undefined
      },
    }),
  )
  for await (const { record, info } of parser) {
    yield* skipped.splice(0)
    yield { line: info.lines, value: record }
  }
  yield* skipped
}

/** What is wrong with a line; csv-parse's own words hold parts of it, which may be a hash. */
function faultOf(code: string | undefined): string {
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS') {
    return 'The line has more or fewer columns than the first'
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'A quotation mark is never closed, up to the end'
  return 'The line cannot be read as CSV'
}

async function* readLines(file: string): AsyncGenerator<FileRecord> {
  const lines = createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  let line = 0
  for await (const written of lines) {
    line++
    const bare = written.replace(/^\uFEFF/, '').trim()
    if (bare === '') continue
    const value = parseObject(bare)
    // The line itself is not said: it may hold a hash.
    yield value ? { line, value } : { line, fault: 'The line is not a JSON object' }
  }
}

async function* readDocument(file: string): AsyncGenerator<FileRecord> {
  const document = await parseDocument(file)
  const list = Array.isArray(document) ? document : (document as { users?: unknown[] }).users
  let line = 0
  for (const value of list ?? []) {
    line++
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
    yield isObject
      ? { line, value: value as Record<string, unknown> }
      : { line, fault: 'The entry is not an object' }
  }
}

function parseObject(json: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(json)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

async function parseDocument(file: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''))
  } catch {
    // Without the parser's words: they quote the file, which may be a hash.
    throw usageError({
      code: 'import_file_unreadable',
      what: 'The file cannot be read.',
      why: `${file} is a JSON document that is not whole, or larger than 512 MB.`,
      next: ['Export it again, in parts when it is large.'],
    })
  }
}
