import type { Style } from './style.ts'

export type Column<Row> = {
  title: string
  value: (row: Row) => string | number | null | undefined
  align?: 'left' | 'right'
  /** 0 stays longest. Columns without one are never dropped. */
  dropOrder?: number
  /** Longer values are cut even where there is room: names that people chose. */
  widthMax?: number
}

type TableOptions = { columns: number; style: Style }

const gap = '  '

/**
 * Lines of an aligned table. When it is wider than the screen, the columns with the highest
 * `dropOrder` go first; if that is not enough, the widest cells are cut with an ellipsis.
 */
export function formatTable<Row>(
  columns: Column<Row>[],
  rows: Row[],
  { columns: width, style }: TableOptions,
): string[] {
  const kept = [...columns]
  const cells = new Map(columns.map((column) => [column, rows.map((row) => cell(column, row))]))
  const widths = () =>
    kept.map((column) =>
      Math.min(
        widest([column.title, ...(cells.get(column) ?? [])]),
        column.widthMax ?? Number.POSITIVE_INFINITY,
      ),
    )
  const total = (list: number[]) =>
    list.reduce((sum, w) => sum + w, 0) + gap.length * (list.length - 1)

  while (total(widths()) > width) {
    const droppable = kept.filter((column) => column.dropOrder !== undefined)
    const victim = droppable.sort((a, b) => (b.dropOrder ?? 0) - (a.dropOrder ?? 0))[0]
    if (!victim || kept.length === 1) break
    kept.splice(kept.indexOf(victim), 1)
  }
  const final = shrink(widths(), total, width)

  const line = (values: string[]) =>
    values
      .map((value, i) => pad(cut(value, final[i] ?? 0, style), final[i] ?? 0, kept[i]?.align))
      .join(gap)
      .trimEnd()
  return [
    style.dim(line(kept.map((column) => column.title))),
    ...rows.map((_, index) => line(kept.map((column) => cells.get(column)?.[index] ?? ''))),
  ]
}

function shrink(widths: number[], total: (list: number[]) => number, max: number): number[] {
  const list = [...widths]
  while (total(list) > max) {
    const index = list.indexOf(Math.max(...list))
    if ((list[index] ?? 0) <= 4) break
    list[index] = (list[index] ?? 0) - 1
  }
  return list
}

function cell<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row)
  // Control characters in stored text (a name, a key's title) must not drive the terminal.
  return value === null || value === undefined ? '' : String(value).replace(/\p{Cc}/gu, ' ')
}

function widest(values: string[]): number {
  return Math.max(...values.map((value) => [...value].length))
}

function cut(value: string, width: number, style: Style): string {
  const letters = [...value]
  if (letters.length <= width) return value
  const { ellipsis } = style.marks
  return letters.slice(0, Math.max(0, width - ellipsis.length)).join('') + ellipsis
}

function pad(value: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - [...value].length))
  return align === 'right' ? space + value : value + space
}
