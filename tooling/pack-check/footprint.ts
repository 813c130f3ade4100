import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Manifest } from '../workspace.ts'

export interface Footprint {
  /** What is installed with the package, itself included, in kilobytes of 1,000 bytes. */
  readonly kilobytes: number
  /** The packages that come with it, itself not counted. */
  readonly dependencies: number
}

/** What installing `packageName` put into `folder`, whatever else is installed there. */
export function measureFootprint(folder: string, packageName: string): Footprint {
  const found = new Set<string>()
  const waiting: { readonly name: string; readonly from: string; readonly optional: boolean }[] = [
    { name: packageName, from: folder, optional: false },
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { name, from, optional } = next
    const installed = findInstalled(folder, from, name)
    if (installed === undefined) {
      if (optional) continue
      throw new Error(`${name} is not installed in ${folder}.`)
    }
    if (found.has(installed)) continue
    found.add(installed)
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest & PeerMeta
    for (const dependency of Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies })) {
      // An optional peer is what some users choose to install besides.
      if (manifest.peerDependenciesMeta?.[dependency]?.optional === true) continue
      waiting.push({ name: dependency, from: installed, optional: false })
    }
    for (const dependency of Object.keys(manifest.optionalDependencies ?? {})) {
      waiting.push({ name: dependency, from: installed, optional: true })
    }
  }
  const bytes = [...found].reduce((sum, path) => sum + sizeOf(path), 0)
  return { kilobytes: Math.ceil(bytes / 1000), dependencies: found.size - 1 }
}

interface PeerMeta {
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

/** Looks upwards as Node does, up to `root`. */
function findInstalled(root: string, from: string, name: string): string | undefined {
  for (let folder = from; folder.startsWith(root); folder = dirname(folder)) {
    const path = join(folder, 'node_modules', name)
    if (existsSync(join(path, 'package.json'))) return path
  }
  return undefined
}

/** Without the packages nested in it: they are counted by themselves. */
function sizeOf(folder: string): number {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue
    const path = join(folder, entry.name)
    bytes += entry.isDirectory() ? sizeOf(path) : statSync(path).size
  }
  return bytes
}
