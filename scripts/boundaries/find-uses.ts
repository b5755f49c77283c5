import ts from 'typescript'

/** What one source file reaches for outside itself. Lines count from 1. */
export type Use =
  | { kind: 'import'; specifier: string; isTypeOnly: boolean; line: number }
  | { kind: 'environment'; line: number }
  /** `fetch(...)`, and under another name too: `const call = fetch`, `globalThis.fetch`. */
  | { kind: 'fetch'; line: number }

/** Every import, re-export, `import()`, `require()`, `process.env` and `fetch` of a TypeScript or JavaScript source. */
export function findUses(path: string, text: string): Use[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const uses: Use[] = []
  visit(source)
  return uses

  function visit(node: ts.Node): void {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const specifier = stringOf(node.moduleSpecifier)
      if (specifier) uses.push({ kind: 'import', specifier, isTypeOnly: isTypeOnly(node), line })
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const specifier = stringOf(node.argument.literal)
      if (specifier) uses.push({ kind: 'import', specifier, isTypeOnly: true, line })
    } else if (ts.isCallExpression(node) && isLoader(node.expression)) {
      const specifier = stringOf(node.arguments[0])
      if (specifier) uses.push({ kind: 'import', specifier, isTypeOnly: false, line })
    } else if (ts.isPropertyAccessExpression(node) && isProcessEnvironment(node)) {
      uses.push({ kind: 'environment', line })
    } else if (ts.isIdentifier(node) && node.text === 'fetch' && isGlobal(node)) {
      uses.push({ kind: 'fetch', line })
    }
    ts.forEachChild(node, visit)
  }
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  const clause = node.importClause
  if (!clause) return false
  if (clause.isTypeOnly) return true
  const named = clause.namedBindings
  return (
    !clause.name &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly)
  )
}

function isLoader(expression: ts.Expression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require')
  )
}

function isProcessEnvironment(node: ts.PropertyAccessExpression): boolean {
  return (
    node.name.text === 'env' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'process'
  )
}

/** A use of the global, not the name of somebody's property, parameter or method. */
function isGlobal(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return ts.isIdentifier(parent.expression) && parent.expression.text === 'globalThis'
  }
  const names = parent as { name?: ts.Node; propertyName?: ts.Node }
  const isName = names.name === node || names.propertyName === node
  return !isName || ts.isShorthandPropertyAssignment(parent)
}

function stringOf(node: ts.Node | undefined): string | null {
  return node && ts.isStringLiteralLike(node) ? node.text : null
}
