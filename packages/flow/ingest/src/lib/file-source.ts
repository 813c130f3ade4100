import { describeValue } from '@empire/errors'
import { defaultIgnore, type FolderEntry } from './default-ignore.ts'
import { FileWalk } from './file-walk.ts'
import type { Source } from './source.ts'

/** How `fileSource` lists and reads. */
export interface FileSourceOptions {
  /** What relative paths are relative to. Default: the working directory of the process when listing starts. */
  cwd?: string | undefined
  /** The largest file that is read, in bytes. Default: 10 MiB. */
  maxBytes?: number | undefined
  /** Leaves out entries of folders, and all below them. Paths named to the source are never asked about. Default: `defaultIgnore`. */
  ignore?: ((entry: FolderEntry) => boolean) | undefined
}

/**
 * Files, and all files below folders: Markdown (.md, .markdown, .mdown, .mkd, .mdx), text (.txt, .text) and HTML
 * (.html, .htm, .xhtml). Other kinds are items that are skipped.
 *
 * In the order of `paths`, inside a folder by name, what symbolic links lead to last. Each real file is listed once,
 * however many paths lead to it. Pipes, sockets and devices are never opened.
 */
export function fileSource(paths: readonly string[], options: FileSourceOptions = {}): Source {
  const { cwd, maxBytes = 10 * 1024 * 1024, ignore = defaultIgnore } = options
  if (!Array.isArray(paths))
    throw new TypeError(`Expected "paths" to be an array of paths, got ${describeValue(paths)}.`)
  for (const path of paths) {
    if (typeof path === 'string' && path !== '') continue
    throw new TypeError(`Expected "paths" to hold paths that are not empty, got ${describeValue(path)}.`)
  }
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    throw new TypeError(`Expected "maxBytes" to be a whole number from 1, got ${describeValue(maxBytes)}.`)
  }
  if (typeof ignore !== 'function') {
    throw new TypeError(`Expected "ignore" to be a function, got ${describeValue(ignore)}.`)
  }
  if (cwd !== undefined && typeof cwd !== 'string') {
    throw new TypeError(`Expected "cwd" to be a path, got ${describeValue(cwd)}.`)
  }
  const named = [...paths]
  return Object.freeze({
    name: 'files',
    items: ({ signal } = {}) => new FileWalk({ cwd: cwd ?? process.cwd(), maxBytes, ignore }).items(named, signal),
  } satisfies Source)
}
