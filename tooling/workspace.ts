import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The parts of a package.json that tooling reads. */
export interface Manifest {
  readonly name?: string
  readonly version?: string
  readonly private?: boolean
  readonly description?: string
  readonly license?: string
  readonly type?: string
  readonly sideEffects?: unknown
  readonly files?: readonly string[]
  readonly bin?: Readonly<Record<string, string>>
  readonly engines?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, unknown>>
  readonly publishConfig?: {
    readonly access?: string
    readonly exports?: Readonly<Record<string, unknown>>
    readonly bin?: Readonly<Record<string, string>>
  }
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** A package of the workspace: `packages/<floor>/<name>`. */
export interface WorkspacePackage {
  /** The name of its folder, which is its npm name without the scope. */
  readonly name: string
  readonly floor: string
  /** From the root, with forward slashes: `packages/foundation/errors`. */
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages of the workspace at `root`, in the order of their folders. */
export function listPackages(root: string): WorkspacePackage[] {
  return listPackageFolders(root)
    .filter(({ folder }) => existsSync(join(root, folder, 'package.json')))
    .map(({ name, floor, folder }) => ({
      name,
      floor,
      folder,
      manifest: readManifest(join(root, folder, 'package.json')),
    }))
}

/** Every folder where a package can be, whether it has a package.json or not. */
export function listPackageFolders(root: string): { name: string; floor: string; folder: string }[] {
  return listFolders(join(root, 'packages')).flatMap((floor) =>
    listFolders(join(root, 'packages', floor)).map((name) => ({ name, floor, folder: `packages/${floor}/${name}` })),
  )
}

export function readManifest(file: string): Manifest {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file} is not a readable package.json.`, { cause: error })
  }
}

function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map((entry) => entry.name)
    .toSorted()
}
