import { describe, expect, test } from 'vitest'
import { createStyle } from './style.ts'
import { type Column, formatTable } from './table.ts'

type Row = { id: string; note: string; count: number }
const columns: Column<Row>[] = [
  { title: 'ID', value: ({ id }) => id },
  { title: 'NOTE', value: ({ note }) => note, dropOrder: 1 },
  { title: 'COUNT', value: ({ count }) => count, align: 'right', dropOrder: 2 },
]
const rows: Row[] = [
  { id: 'a', note: 'short', count: 5 },
  { id: 'bb', note: 'a little longer', count: 12 },
]
const style = createStyle({ isTTY: false, env: {} })

describe('a table', () => {
  test('aligns its columns, numbers to the right', () => {
    expect(formatTable(columns, rows, { columns: 80, style })).toEqual([
      'ID  NOTE             COUNT',
      'a   short                5',
      'bb  a little longer     12',
    ])
  })

  test('drops the column with the highest dropOrder first, then the next', () => {
    expect(formatTable(columns, rows, { columns: 22, style })[0]).toBe('ID  NOTE')
    expect(formatTable(columns, rows, { columns: 8, style })[0]).toBe('ID')
  })

  test('cuts what may not be dropped, with an ellipsis, and never wraps', () => {
    const long = [{ id: 'x'.repeat(100), note: '', count: 0 }]
    const lines = formatTable(columns, long, { columns: 20, style })
    expect(lines[1]).toBe(`${'x'.repeat(19)}…`)
    const ascii = createStyle({ isTTY: false, env: { TERM: 'linux' } })
    expect(formatTable(columns, long, { columns: 20, style: ascii })[1]).toBe(
      `${'x'.repeat(17)}...`,
    )
  })
})
