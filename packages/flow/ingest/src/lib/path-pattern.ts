import { normalize, sep } from 'node:path'
import picomatch from 'picomatch'

/** What a path that was named to a file source means. */
export interface PathPattern {
  /** As it is shown. */
  readonly shown: string
  /** The folder in which a glob searches; `undefined` for a path that is meant as it is. */
  readonly base: string | undefined
  /** Whether an item with this path is meant: the path itself, what is below it, or what fits the glob. */
  readonly matches: (path: string) => boolean
}

/** Reads `path` as the path of a file or folder. */
export function literalPath(path: string): PathPattern {
  const shown = shownPath(path)
  return { shown, base: undefined, matches: (id) => id === shown || isBelow(shown, id) }
}

/** Reads `path` as a glob; `undefined` if it has no sign of one. */
export function globPath(path: string): PathPattern | undefined {
  const pattern = path.replace(/^(?:\.\/+)+/, '')
  const { isGlob, base } = picomatch.scan(pattern)
  if (!isGlob) return undefined
  // Hidden entries are the business of `ignore`.
  return { shown: pattern, base: shownPath(base === '' ? '.' : base), matches: picomatch(pattern, { dot: true }) }
}

/** A path in one way of writing. */
function shownPath(path: string): string {
  const normal = normalize(path).replaceAll(sep, '/')
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}

/** The path of an entry of a folder. */
export function childPath(folder: string, name: string): string {
  if (folder === '.') return name
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`
}

/** Whether a path is below a folder, both as they are shown. */
export function isBelow(folder: string, path: string): boolean {
  if (folder === '.') return !path.startsWith('/') && path !== '..' && !path.startsWith('../') && path !== '.'
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
}
