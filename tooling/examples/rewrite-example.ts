import ts from 'typescript'

export interface Expectation {
  /** Line of the `console.log` within the code, from 0. */
  readonly line: number
  readonly text: string
}

export interface RewrittenExample {
  /** TypeScript with as many lines as the example: each `console.log` with an expectation writes to `$print[i]` instead. */
  readonly code: string
  /** The imports, as dynamic ones: they can stand in a function. */
  readonly imports: string
  readonly expectations: readonly Expectation[]
  /** What the example imports. */
  readonly specifiers: readonly string[]
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Makes an example runnable inside an async function, without moving a line. */
export function rewriteExample(source: string): RewrittenExample {
  const file = ts.createSourceFile('example.ts', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  const edits: Edit[] = []
  const imports: string[] = []
  const specifiers = new Set<string>()
  const expectations: Expectation[] = []

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      specifiers.add((node.moduleSpecifier as ts.StringLiteral).text)
      imports.push(dynamicImport(node))
      edits.push({ start: node.getStart(), end: node.end, text: blankLines(node.getText()) })
      return
    }
    if (node.kind === ts.SyntaxKind.ExportKeyword) edits.push({ start: node.getStart(), end: node.end, text: '' })
    if (isConsoleLog(node)) {
      const text = expectedOutput(source, node)
      if (text !== undefined) {
        edits.push({
          start: node.expression.getStart(),
          end: node.expression.end,
          text: `$print[${expectations.length}]`,
        })
        expectations.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line, text })
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return { code: applyEdits(source, edits), imports: imports.join(' '), expectations, specifiers: [...specifiers] }
}

function isConsoleLog(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'log' &&
    ts.isIdentifier(node.expression.expression) &&
    node.expression.expression.text === 'console'
  )
}

/** The comment behind the statement, or else the comment lines right below it. */
function expectedOutput(source: string, call: ts.CallExpression): string | undefined {
  const statement = ts.findAncestor(call, ts.isStatement)
  if (statement === undefined) return undefined
  const comment = ts.getTrailingCommentRanges(source, statement.end)?.[0]
  if (comment?.kind === ts.SyntaxKind.SingleLineCommentTrivia) {
    return source.slice(comment.pos + 2, comment.end).trim()
  }
  const [rest, ...below] = source.slice(statement.end).split('\n')
  if (rest?.trim() !== '') return undefined
  const end = below.findIndex((line) => !line.trimStart().startsWith('//'))
  const lines = end === -1 ? below : below.slice(0, end)
  if (lines.length === 0) return undefined
  return lines.map((line) => line.trimStart().slice(2).replace(/^ /, '').trimEnd()).join('\n')
}

function dynamicImport(node: ts.ImportDeclaration): string {
  const clause = node.importClause
  if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return ''
  const attributes =
    node.attributes === undefined ? '' : `, { ${node.attributes.getText()} }`.replace('{ with', '{ with:')
  const load = `await import(${node.moduleSpecifier.getText()}${attributes});`
  if (clause === undefined) return load
  const bindings = clause.namedBindings
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) return `const ${bindings.name.text} = ${load}`
  const names = (bindings?.elements ?? [])
    .filter(({ isTypeOnly }) => !isTypeOnly)
    .map(({ name, propertyName }) =>
      propertyName === undefined ? name.text : `${propertyName.getText()}: ${name.text}`,
    )
  if (clause.name !== undefined) names.unshift(`default: ${clause.name.text}`)
  return `const { ${names.join(', ')} } = ${load}`
}

function applyEdits(source: string, edits: readonly Edit[]): string {
  let result = ''
  let position = 0
  for (const { start, end, text } of edits.toSorted((left, right) => left.start - right.start)) {
    result += source.slice(position, start) + text
    position = end
  }
  return result + source.slice(position)
}

function blankLines(text: string): string {
  return '\n'.repeat(text.split('\n').length - 1)
}
