import ts from 'typescript'

/** The faults of what a file exports: no default, no star, no other package; a door does nothing but export names from lib. */
export function checkExports(source: ts.SourceFile, isDoor: boolean): string[] {
  return source.statements.flatMap((statement) => {
    const fault = findFault(statement, isDoor)
    return fault === undefined ? [] : [`${source.fileName}: ${fault}`]
  })
}

function findFault(statement: ts.Statement, isDoor: boolean): string | undefined {
  if (isDefaultExport(statement)) return 'has a default export.'
  if (!ts.isExportDeclaration(statement)) {
    return isDoor ? 'is a door, and a door does nothing but export names from lib.' : undefined
  }
  const { exportClause, moduleSpecifier } = statement
  if (exportClause === undefined || ts.isNamespaceExport(exportClause)) return 'has an "export *".'
  const from = moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined
  if (from !== undefined && !from.startsWith('.')) return `exports names of another package, ${from}.`
  if (isDoor && !from?.startsWith('./lib/')) return 'is a door, and a door does nothing but export names from lib.'
  return undefined
}

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true
  if (ts.isExportDeclaration(statement)) {
    const clause = statement.exportClause
    return (
      clause !== undefined && ts.isNamedExports(clause) && clause.elements.some(({ name }) => name.text === 'default')
    )
  }
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)
  )
}
