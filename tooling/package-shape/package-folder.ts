import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A folder `packages/<floor>/<name>`, as it lies on the disk. */
export interface PackageFolder {
  readonly name: string
  readonly floor: string
  /** From the root, with forward slashes. */
  readonly folder: string
  /** Its package.json as it is, for its faults are what is looked for; `undefined` when it cannot be read. */
  readonly manifest: Readonly<Record<string, unknown>> | undefined
  /** Its files by their path from the folder, without what is installed or built. */
  readonly files: readonly string[]
  /** The text of one of its files. */
  read(file: string): string
}

const made = new Set(['node_modules', 'dist', '.turbo'])

/** Every folder of a package that holds a file. */
export function readPackageFolders(root: string): PackageFolder[] {
  return listFolders(join(root, 'packages'))
    .flatMap((floor) => listFolders(join(root, 'packages', floor)).map((name) => readPackageFolder(root, floor, name)))
    .filter(({ files }) => files.length > 0)
}

function readPackageFolder(root: string, floor: string, name: string): PackageFolder {
  const folder = `packages/${floor}/${name}`
  const read = (file: string): string => readFileSync(join(root, folder, file), 'utf8')
  const files = listFiles(join(root, folder))
  return {
    name,
    floor,
    folder,
    files,
    read,
    manifest: files.includes('package.json') ? parse(read('package.json')) : undefined,
  }
}

function parse(text: string): PackageFolder['manifest'] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function listFiles(folder: string): string[] {
  const files: string[] = []
  const waiting = ['']
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      if (made.has(entry.name)) continue
      if (entry.isDirectory()) waiting.push(`${at}${entry.name}/`)
      else files.push(`${at}${entry.name}`)
    }
  }
  return files.toSorted()
}

function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !made.has(entry.name))
    .map(({ name }) => name)
    .toSorted()
}
