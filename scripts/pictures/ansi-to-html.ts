const colours = [
  '#3f3f46',
  '#f87171',
  '#4ade80',
  '#facc15',
  '#60a5fa',
  '#a78bfa',
  '#22d3ee',
  '#e4e4e7',
]

/** What tmux captured with `-e`, as HTML: colours (8, 256 and 24 bit), bold and dim; other codes are dropped. */
export function ansiToHtml(text: string): string {
  let style = ''
  const [first = '', ...rest] = text.split('\u001b[')
  return rest.reduce((html, piece) => {
    const [, codes = '0', shown = ''] = /^([0-9;]*)m([\s\S]*)$/.exec(piece) ?? []
    style = nextStyle(style, codes)
    return (
      html +
      (style && shown ? `<span style="${style}">${escapeHtml(shown)}</span>` : escapeHtml(shown))
    )
  }, escapeHtml(first))
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function nextStyle(style: string, codes: string): string {
  const numbers = codes.split(';').map(Number)
  let next = style
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at] ?? 0
    if (code === 0) next = ''
    else if (code === 1) next += 'font-weight:600;'
    else if (code === 2) next += 'opacity:.6;'
    else if (code >= 30 && code <= 37) next += `color:${colours[code - 30]};`
    else if (code >= 90 && code <= 97) next += `color:${colours[code - 90]};`
    else if (code === 39) next += 'color:inherit;'
    else if (code === 38 && numbers[at + 1] === 2) {
      next += `color:rgb(${numbers.slice(at + 2, at + 5).join(',')});`
      at += 4
    } else if (code === 38 && numbers[at + 1] === 5) {
      next += `color:${indexed(numbers[at + 2] ?? 7)};`
      at += 2
    }
  }
  return next
}

/** The 6×6×6 cube and the greys of the 256-colour palette. */
function indexed(index: number): string {
  if (index < 16) return colours[index % 8] as string
  if (index >= 232)
    return `rgb(${Array(3)
      .fill(8 + (index - 232) * 10)
      .join(',')})`
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40)
  const cube = index - 16
  return `rgb(${[Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level).join(',')})`
}
