import { basename } from 'node:path'
import { type Column, listAllowed, type PlacedRow, type PlacedRows } from './placed-row.ts'
import { explainRefusal } from './refusal.ts'
import { scope, sharedLibraries, testFloor } from '../layers.ts'
import type { Manifest } from '../workspace.ts'

const sections = [
  ['dependencies', 'runtime'],
  ['peerDependencies', 'runtime'],
  ['optionalDependencies', 'runtime'],
  ['devDependencies', 'test'],
] as const

/** A package and the parts of its package.json that name dependencies. */
export interface DeclaredPackage {
  readonly folder: string
  readonly manifest: Pick<Partial<Manifest>, (typeof sections)[number][0]>
}

/** The faults of what the packages declare: a folder without a row, and dependencies that the row does not list. */
export function checkManifests(rows: PlacedRows, packages: readonly DeclaredPackage[]): string[] {
  const folders = new Set(packages.map(({ folder }) => folder))
  const homeless = [...rows.values()]
    .filter(({ folder }) => !folders.has(folder))
    .map(({ name, folder }) => `${name} has a row in tooling/layers.ts, but there is no package at ${folder}.`)
  return [...homeless, ...packages.flatMap((one) => checkPackage(rows, one))]
}

function checkPackage(rows: PlacedRows, { folder, manifest }: DeclaredPackage): string[] {
  const name = basename(folder)
  const row = rows.get(name)
  if (row?.folder !== folder) return [`${folder} has no row in tooling/layers.ts.`]
  return sections.flatMap(([section, column]) =>
    Object.keys(manifest[section] ?? {}).flatMap((dependency) => {
      const reason = refuse(rows, row, dependency, column)
      return reason === undefined
        ? []
        : [`${name} lists ${dependency} in ${section} (${folder}/package.json): ${reason}`]
    }),
  )
}

function refuse(rows: PlacedRows, row: PlacedRow, dependency: string, column: Column): string | undefined {
  if (dependency.startsWith(scope)) {
    const name = dependency.slice(scope.length)
    return listAllowed(row, column).includes(name) ? undefined : explainRefusal(rows, row, name, column)
  }
  if (column === 'test' || row.floor === testFloor) return undefined
  if (row.wraps?.includes(dependency) || sharedLibraries.includes(dependency)) return undefined
  const owner = [...rows.values()].find(({ wraps }) => wraps?.includes(dependency))
  return owner === undefined
    ? `the row of ${row.name} in tooling/layers.ts does not list it; its \`wraps\` would have to list '${dependency}'.`
    : `${owner.name} is the package that wraps it; import that one instead.`
}
