import { settingsError } from '../errors.ts'

/** The part of a Babel node that reading literals needs. */
export type Node = {
  type: string
  start?: number | null
  end?: number | null
  loc?: { start: { line: number; column: number } } | null
  [key: string]: unknown
}

export type Literal = {
  value: unknown
  /** Line of every value by its path: "session.refreshDays" → 14. "" is the whole. */
  lines: Map<string, number>
}

/**
 * The value of a literal-only expression, without running anything: a settings file from a pull
 * request must not execute on the machine that reads it. Exit 3 names the line of anything else.
 */
export function readLiteral(node: Node, source: string, fileName: string): Literal {
  const lines = new Map<string, number>()
  const read = (current: Node, path: string): unknown => {
    lines.set(path, lineOf(current))
    switch (current.type) {
      case 'StringLiteral':
      case 'NumericLiteral':
      case 'BooleanLiteral':
        return current.value
      case 'NullLiteral':
        return null
      case 'TSSatisfiesExpression':
      case 'TSAsExpression':
      case 'ParenthesizedExpression':
        return read(current.expression as Node, path)
      case 'TemplateLiteral': {
        const [text] = current.quasis as { value: { cooked: string } }[]
        if ((current.expressions as Node[]).length === 0 && text) return text.value.cooked
        return refuse(current)
      }
      case 'UnaryExpression': {
        const argument = current.argument as Node
        if (current.operator === '-' && argument.type === 'NumericLiteral') {
          return -(argument.value as number)
        }
        return refuse(current)
      }
      case 'ArrayExpression':
        return (current.elements as (Node | null)[]).map((element, index) =>
          element ? read(element, `${path}.${index}`) : refuse(current),
        )
      case 'ObjectExpression':
        return readObject(current, path)
      default:
        return refuse(current)
    }
  }
  const readObject = (current: Node, path: string) => {
    const value: Record<string, unknown> = {}
    for (const property of current.properties as Node[]) {
      const key = property.key as Node | undefined
      if (property.type !== 'ObjectProperty' || property.computed || property.shorthand || !key) {
        return refuse(property)
      }
      const name = String(key.type === 'Identifier' ? key.name : key.value)
      if (name === '__proto__') return refuse(property)
      value[name] = read(property.value as Node, path ? `${path}.${name}` : name)
    }
    return value
  }
  const refuse = (current: Node): never => {
    const text = source.slice(current.start ?? 0, current.end ?? 0).split('\n')[0] ?? ''
    throw settingsError({
      code: 'settings_not_literal',
      what: `${fileName} line ${lineOf(current)} is not a plain value.`,
      why: `Settings are read as data and never run, so \`${text.slice(0, 60)}\` has no value here.`,
      next: [
        'Write the value itself. Secrets stay out: authstack secrets set NAME.',
        'Code belongs in extensions/.',
      ],
    })
  }
  return { value: read(node, ''), lines }
}

function lineOf(node: Node): number {
  return node.loc?.start.line ?? 1
}
