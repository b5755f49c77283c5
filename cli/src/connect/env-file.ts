import { readFile, writeFile } from 'node:fs/promises'

/**
 * Sets variables in a .env file and keeps every other line, comment and order. A variable that is
 * there is replaced in its place; others go to the end. Gives whether anything changed.
 */
export async function setEnvVariables(
  file: string,
  variables: Record<string, string>,
): Promise<boolean> {
  const before = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const after = withVariables(before, variables)
  if (after === before) return false
  await writeFile(file, after)
  return true
}

/** As `setEnvVariables`, on text. */
export function withVariables(text: string, variables: Record<string, string>): string {
  const missing = new Map(Object.entries(variables))
  const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split('\n')
  const changed = lines.map((line) => {
    const name = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/.exec(line)?.[1]
    if (!name || !Object.hasOwn(variables, name)) return line
    missing.delete(name)
    return `${name}=${variables[name]}`
  })
  const added = [...missing].map(([name, value]) => `${name}=${value}`)
  return `${[...changed, ...added].join('\n')}\n`
}
