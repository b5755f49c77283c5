import type { Style } from './style.ts'

type Fact = [name: string, value: string | number | null | undefined]

/** Lines of names and values below each other; what is unknown is left out. */
export function facts(style: Style, list: Fact[]): string[] {
  const known = list.filter(([, value]) => value !== null && value !== undefined && value !== '')
  const width = Math.max(...known.map(([name]) => name.length)) + 2
  // Stored text must not drive the terminal.
  return known.map(
    ([name, value]) => style.dim(name.padEnd(width)) + String(value).replace(/\p{Cc}/gu, ' '),
  )
}
