/** Lines of at most `width` columns, broken at spaces; a longer word keeps its line to itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line ? `${line} ${word}` : word
    if (line && [...joined].length > width) {
      lines.push(line)
      line = word
    } else line = joined
  }
  lines.push(line)
  return lines
}
