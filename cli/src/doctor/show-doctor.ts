import type { Output } from '../output/output.ts'
import { wrap } from '../output/wrap.ts'
import type { DoctorResult } from './doctor.ts'

export function showDoctor(output: Output, { checks, fixed, ok }: DoctorResult): void {
  const { style } = output
  const width = Math.max(...checks.map(({ title }) => title.length)) + 2
  const marks = {
    ok: style.accent(style.marks.done),
    warn: style.bold(style.marks.warning),
    fail: style.danger(style.marks.failed),
  }
  for (const { title, status, detail, next } of checks) {
    const indent = ' '.repeat(width + 2)
    const paint = status === 'ok' ? style.dim : (text: string) => text
    const [first = '', ...rest] = wrap(detail, output.columns - width - 2)
    output.data(`${marks[status]} ${title.padEnd(width)}${paint(first)}`)
    for (const line of rest) output.data(indent + paint(line))
    wrap(next ?? '', output.columns - width - 4).forEach((line, index) => {
      if (line) output.data(`${indent}${index === 0 ? style.marks.arrow : ' '} ${line}`)
    })
  }
  for (const sentence of fixed) output.talk(`${style.accent(style.marks.done)} Fixed: ${sentence}.`)
  if (!ok) output.talk(`\nPut the lines with ${style.marks.failed} right, then run it again.`)
}
