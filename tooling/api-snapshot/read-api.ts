import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { readWorkspace } from '../workspace.ts'

export type ExportKind = 'type' | 'value'
/** Package → door → export → kind. A door is named as it is imported. */
export type Api = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, ExportKind>>>>>>

/** What the published packages export, read from their doors. */
export function readApi(root: string): Api {
  const packages = readWorkspace(root).filter(({ published }) => published)
  return sortKeys(
    packages.map(({ name, doors }) => {
      const exportsByDoor = [...doors].map(([door, file]) => [door, readDoor(root, file)] as const)
      return [name, sortKeys(exportsByDoor)] as const
    }),
  )
}

function readDoor(root: string, file: string): Readonly<Record<string, ExportKind>> {
  const path = join(root, file)
  return existsSync(path) ? readExports(readFileSync(path, 'utf8'), file) : {}
}

/** The names that a door exports. It names each of them, so that the file alone tells. */
export function readExports(source: string, fileName: string): Readonly<Record<string, ExportKind>> {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true)
  return sortKeys(file.statements.flatMap((statement) => [...exportsOf(statement, fileName)]))
}

function* exportsOf(statement: ts.Statement, fileName: string): Generator<readonly [string, ExportKind]> {
  if (ts.isExportDeclaration(statement)) {
    if (statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) {
      throw new Error(`${fileName} exports with a star: ${statement.getText()}. Name each export.`)
    }
    for (const { name, isTypeOnly } of statement.exportClause.elements) {
      yield [name.text, isTypeOnly || statement.isTypeOnly ? 'type' : 'value']
    }
    return
  }
  if (!ts.canHaveModifiers(statement)) return
  if (ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) !== true) return
  if (ts.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations) yield [name.getText(), 'value']
  } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    yield [statement.name.text, 'type']
  } else if (
    (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) &&
    statement.name !== undefined
  ) {
    yield [statement.name.text, 'value']
  }
}

function sortKeys<Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)))
}
