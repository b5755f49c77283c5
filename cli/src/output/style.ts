/** How text is drawn on one stream. The functions return the text unchanged without colour. */
export type Style = {
  /** The one accent colour: marks, names of things to click or type. */
  accent: (text: string) => string
  dim: (text: string) => string
  bold: (text: string) => string
  /** Red: errors only. */
  danger: (text: string) => string
  marks: Marks
  hasColour: boolean
}

export type Marks = {
  done: string
  running: string
  waiting: string
  failed: string
  skipped: string
  warning: string
  ellipsis: string
  arrow: string
}

const unicodeMarks: Marks = {
  done: '✓',
  running: '●',
  waiting: '○',
  failed: '✗',
  skipped: '–',
  warning: '!',
  ellipsis: '…',
  arrow: '→',
}

const asciiMarks: Marks = {
  done: '+',
  running: '*',
  waiting: 'o',
  failed: 'x',
  skipped: '-',
  warning: '!',
  ellipsis: '...',
  arrow: '->',
}

type StyleOptions = { isTTY: boolean; noColor?: boolean; env?: NodeJS.ProcessEnv }

/** Chooses colour and marks from the stream and the environment (no-color.org, FORCE_COLOR, TERM). */
export function createStyle({ isTTY, noColor = false, env = process.env }: StyleOptions): Style {
  const hasColour = !noColor && wantsColour(isTTY, env)
  // 16-colour codes: the terminal's own theme keeps them readable on light and dark.
  const paint = (open: number, close: number) => (text: string) =>
    hasColour && text ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    accent: paint(35, 39),
    dim: paint(2, 22),
    bold: paint(1, 22),
    danger: paint(31, 39),
    marks: wantsUnicode(env) ? unicodeMarks : asciiMarks,
    hasColour,
  }
}

function wantsColour(isTTY: boolean, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true
  return isTTY && env.TERM !== 'dumb' && env.FORCE_COLOR !== '0'
}

function wantsUnicode(env: NodeJS.ProcessEnv): boolean {
  if (env.AUTHSTACK_ASCII === '1') return false
  if (env.TERM === 'linux' || env.TERM === 'dumb') return false
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG
  // An unset locale is common in containers whose terminal is UTF-8 all the same.
  return !locale || /utf-?8/i.test(locale)
}
