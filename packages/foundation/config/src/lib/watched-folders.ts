import { lstatSync, readlinkSync } from 'node:fs'
import { join, parse, resolve, sep } from 'node:path'

/** A folder on the way to a file. */
export interface WatchedFolder {
  /** What in it the way passes. */
  readonly names: Set<string>
  /** Whether the way ends there: with the file, or with the first name that is missing. */
  isLast: boolean
}

/** As many links as Linux follows. */
const mostLinks = 40

/** Where the way to one of the files could change, by path; links lead on. */
export function watchedFolders(files: readonly string[]): ReadonlyMap<string, WatchedFolder> {
  const folders = new Map<string, WatchedFolder>()
  for (const file of files) {
    let last: WatchedFolder | undefined
    for (const [folder, name] of walk(file)) {
      last = folders.get(folder) ?? { names: new Set(), isLast: false }
      folders.set(folder, last)
      last.names.add(name)
    }
    if (last !== undefined) last.isLast = true
  }
  return folders
}

function* walk(file: string): Generator<readonly [folder: string, name: string]> {
  let folder = parse(file).root
  // The next one last.
  const rest = namesIn(file).toReversed()
  let links = 0
  for (let name = rest.pop(); name !== undefined; name = rest.pop()) {
    yield [folder, name]
    const path = join(folder, name)
    const found = lookAt(path)
    if (found === 'missing') return
    if (found === 'no link') folder = path
    else {
      links += 1
      if (links > mostLinks) return
      const target = resolve(folder, found.target)
      rest.push(...namesIn(target).toReversed())
      folder = parse(target).root
    }
  }
}

function namesIn(path: string): string[] {
  const { root } = parse(path)
  return path
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== '')
}

function lookAt(path: string): 'missing' | 'no link' | { readonly target: string } {
  try {
    return lstatSync(path).isSymbolicLink() ? { target: readlinkSync(path) } : 'no link'
  } catch {
    return 'missing'
  }
}
