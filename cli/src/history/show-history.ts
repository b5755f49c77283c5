import { relativeDate } from '../output/dates.ts'
import type { Output } from '../output/output.ts'
import { formatSeconds } from '../output/steps.ts'
import type { HistoryResult } from './list-history.ts'

const words = { live: '', failed: 'failed', 'rolled-back': 'rolled back' }

export function showHistory(
  output: Output,
  { environment, current, entries }: HistoryResult,
): void {
  if (entries.length === 0) {
    output.data(`No versions in ${environment} yet.`)
    return
  }
  const { marks } = output.style
  const newest = entries.find(({ version, status }) => version === current && status === 'live')
  output.table(
    [
      { title: ' ', value: (entry) => (entry === newest ? marks.done : '') },
      { title: 'VERSION', value: (entry) => entry.version },
      { title: 'ACTION', value: ({ action, status }) => `${action} ${words[status]}`.trim() },
      { title: 'WHEN', value: (entry) => relativeDate(entry.at) },
      { title: 'BY', value: (entry) => entry.by, dropOrder: 3, widthMax: 16 },
      {
        title: 'TOOK',
        value: (entry) => formatSeconds(entry.seconds),
        align: 'right',
        dropOrder: 4,
      },
      { title: 'COMMIT', value: (entry) => entry.commit?.slice(0, 7), dropOrder: 5 },
      { title: 'BARRIERS', value: (entry) => entry.barriers.join(' '), dropOrder: 2 },
      { title: 'MESSAGE', value: (entry) => entry.message, dropOrder: 6, widthMax: 40 },
    ],
    entries,
  )
}
