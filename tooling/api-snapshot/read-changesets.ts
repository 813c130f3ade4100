import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { slashed } from '../workspace.ts'

export type Bump = 'patch' | 'minor' | 'major' | 'none'

export interface Changeset {
  /** Relative to the root. */
  readonly path: string
  readonly bumps: ReadonlyMap<string, Bump>
}

const frontMatter = /^---\r?\n([\s\S]*?)^---\r?$/m
/** `name: bump`; the name is group 2, the bump group 4. */
export const bumpLine = /^(['"]?)([^'":]+)\1\s*:\s*(['"]?)(patch|minor|major|none)\3\s*$/

/** The changesets that wait for the next version. */
export function readChangesets(root: string): Changeset[] {
  if (!existsSync(join(root, '.changeset'))) return []
  return globSync('.changeset/*.md', { cwd: root })
    .map(slashed)
    .filter((path) => path !== '.changeset/README.md')
    .toSorted()
    .map((path) => ({ path, bumps: parseBumps(readFileSync(join(root, path), 'utf8')) }))
}

/** The package names and bumps in the front matter of a changeset. */
export function parseBumps(changeset: string): Map<string, Bump> {
  const bumps = new Map<string, Bump>()
  for (const line of frontMatter.exec(changeset)?.[1]?.split(/\r?\n/) ?? []) {
    const [, , name, , bump] = bumpLine.exec(line) ?? []
    if (name !== undefined && bump !== undefined) bumps.set(name, bump as Bump)
  }
  return bumps
}
