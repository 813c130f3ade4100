import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly files?: readonly string[]
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, unknown>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface WorkspacePackage {
  readonly name: string
  /** Relative to the root, with forward slashes: `packages/foundation/errors`. */
  readonly folder: string
  readonly manifest: Manifest
  readonly published: boolean
  /** Import specifier → source file, relative to the root: `@empire/llm/conformance` → `packages/llm/llm/src/conformance.ts`. */
  readonly doors: ReadonlyMap<string, string>
}

/** A path with forward slashes, as import specifiers and the compiler have it. */
export function slashed(path: string): string {
  return path.replaceAll('\\', '/')
}

/** The packages of `packages/<layer>/<package>`, sorted by folder. */
export function readWorkspace(root: string): WorkspacePackage[] {
  return foldersIn(root, 'packages')
    .flatMap((layer) => foldersIn(root, layer))
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
      return {
        name: manifest.name,
        folder,
        manifest,
        published: manifest.private !== true,
        doors: doorsOf(folder, manifest),
      }
    })
}

/** The doors of all packages: import specifier → source file, relative to the root. */
export function readDoors(root: string): Map<string, string> {
  const doors = new Map<string, string>()
  for (const workspacePackage of readWorkspace(root)) {
    for (const [specifier, file] of workspacePackage.doors) doors.set(specifier, file)
  }
  return doors
}

function doorsOf(folder: string, manifest: Manifest): Map<string, string> {
  const doors = new Map<string, string>()
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    if (!target.endsWith('.ts')) continue
    doors.set(manifest.name + subpath.slice(1), `${folder}/${target.replace('./', '')}`)
  }
  return doors
}

function foldersIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => `${folder}/${entry.name}`)
    .toSorted()
}
