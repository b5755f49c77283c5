/** A piece of text: in both, only in the old, only in the new. */
export type Piece = { kind: 'same' | 'old' | 'new'; text: string }

/** What changed between two texts, by words; the longest common run of words stays. */
export function wordDiff(before: string, after: string): Piece[] {
  const a = before.split(/(\s+)/)
  const b = after.split(/(\s+)/)
  const lengths = commonLengths(a, b)
  const pieces: Piece[] = []
  const push = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text) pieces.push({ kind, text })
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push('same', a[i] ?? '')
      i++
      j++
    } else if (j >= b.length || (i < a.length && at(lengths, i + 1, j) >= at(lengths, i, j + 1))) {
      push('old', a[i++] ?? '')
    } else push('new', b[j++] ?? '')
  }
  return pieces
}

/** lengths[i][j]: how many words a[i..] and b[j..] have in common, in order. */
function commonLengths(a: string[], b: string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i] as number[]
      row[j] =
        a[i] === b[j]
          ? at(lengths, i + 1, j + 1) + 1
          : Math.max(at(lengths, i + 1, j), at(lengths, i, j + 1))
    }
  }
  return lengths
}

function at(lengths: number[][], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}
