import type { CliErrorWords } from './cli-error-words.ts'

/** Errors of `authstack audit` and of the files that commands write. */
export const cliAuditWords: Record<string, CliErrorWords> = {
  date_invalid: {
    title: 'That is no date',
    why: 'A date is a day (`2026-11-25`, from midnight UTC) or a moment of ISO 8601.',
    next: 'Write it as `2026-11-25` or `2026-11-25T08:00:00Z`.',
  },
  file_not_written: {
    title: 'The file could not be written',
    why: 'There is one with that name already (it is never overwritten: it may be the only copy of a trail), or the folder does not let you.',
    next: 'Name another file with `--output`.',
  },
  evidence_exists: {
    title: 'The evidence folder is not empty',
    why: 'Evidence of two days in one folder would be evidence of neither.',
    next: 'Name a new folder with `--output`.',
  },
  heads_unreadable: {
    title: 'That holds no ends of trails',
    why: '`--heads` takes a folder that `authstack audit evidence` wrote, or the `trails.json` in it.',
    next: 'Name that folder.',
  },
  not_an_export: {
    title: 'The file is not an export of an audit trail',
    why: 'Only what `authstack audit export --format ndjson` wrote can be verified. CSV is for reading, and a part of a file is no trail.',
    next: 'Export the trail again and verify that file.',
  },
  output_missing: {
    title: '--json needs --output here',
    why: 'With `--json`, stdout is one document that says how the command went; the trail needs another place.',
    next: 'Add `--output trail.ndjson`.',
  },
}
