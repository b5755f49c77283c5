import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { committedFiles } from '../lib/committed-files.ts'
import { repository } from '../lib/repository.ts'

/**
 * Every error code that the CLI writes down, with the exit codes it comes with. Read out of the
 * sources: each error is an object literal with `code`, where it is thrown.
 */
export function readCliErrors(): Map<string, number[]> {
  const exitCodes = readExitCodes()
  const found = new Map<string, Set<number>>()
  for (const path of committedFiles('cli/src/*.ts').filter(isAboutErrors)) {
    const text = readFileSync(join(repository, path), 'utf8')
    const visit = (node: ts.Node): void => {
      const code = ts.isObjectLiteralExpression(node) ? stringOf(node, 'code') : null
      if (code) {
        const exits = found.get(code) ?? new Set()
        found.set(code, exits.add(exitOf(node as ts.ObjectLiteralExpression, exitCodes)))
      }
      ts.forEachChild(node, visit)
    }
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true))
  }
  return new Map([...found].sort().map(([code, exits]) => [code, [...exits].sort()]))
}

/** The front answers HTTP with the server's codes; the ui-kit shows samples. */
function isAboutErrors(path: string): boolean {
  return !/\.test\.|\/front\/|\/ui-kit\//.test(path)
}

function readExitCodes(): Record<string, number> {
  const program = `import { exitCodes } from './cli/src/errors.ts'
    console.log(JSON.stringify(exitCodes))`
  const options = { cwd: repository, encoding: 'utf8' } as const
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], options))
}

function exitOf(error: ts.ObjectLiteralExpression, exitCodes: Record<string, number>): number {
  const written = propertyOf(error, 'exitCode')
  const named = written && ts.isPropertyAccessExpression(written) && exitCodes[written.name.text]
  if (named !== undefined && named !== null && named !== false) return named
  const thrower = ts.isCallLikeExpression(error.parent) ? error.parent.getText() : ''
  if (thrower.startsWith('usageError')) return exitCodes.usage as number
  if (thrower.startsWith('settingsError')) return exitCodes.settings as number
  if (thrower.startsWith('new UserError')) return exitCodes.failed as number
  // What preflight finds before a deploy; deploy/preflight.ts throws it.
  return exitCodes.infrastructure as number
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((one) => one.name?.getText() === name)
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined
}

function stringOf(object: ts.ObjectLiteralExpression, name: string): string | null {
  const value = propertyOf(object, name)
  return value && ts.isStringLiteral(value) ? value.text : null
}
