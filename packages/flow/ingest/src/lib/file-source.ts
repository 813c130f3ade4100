import { type Clock, wallClock } from '@empire/clock'
import { describeValue, expectKnownKeys } from '@empire/errors'
import { defaultIgnore, type FolderEntry } from './default-ignore.ts'
import { expectCount } from './expect-options.ts'
import { FileWalk } from './file-walk.ts'
import { globPath, literalPath } from './path-pattern.ts'
import type { Source } from './source.ts'
import { watchFiles } from './watch-files.ts'

/** How `fileSource` lists and reads. */
export interface FileSourceOptions {
  /** Identity of the source: the same on every run, without a `:`. Default: `files`. */
  readonly name?: string | undefined
  /** What relative paths are relative to. Default: the working directory of the process when listing starts. */
  readonly cwd?: string | undefined
  /** The largest file that is read, in bytes. Default: 1 GiB. Files over 256 KiB are streams. */
  readonly maxBytes?: number | undefined
  /** Leaves out entries of folders, and all below them. Paths named to the source are never asked about. Default: `defaultIgnore`. */
  readonly ignore?: ((entry: FolderEntry) => boolean) | undefined
  /** Whether what `.gitignore` files leave out is left out: those in the folders, and around them up to the root of the repository. Default: `true`. */
  readonly gitignore?: boolean | undefined
  /** Default: the platform's. */
  readonly clock?: Clock | undefined
}

/**
 * Files, all files below folders, and what globs find (`docs/**\/*.md`, `!**\/drafts/**`).
 *
 * In the order of `paths`, inside a folder by name, what symbolic links lead to last. Each real file is listed once,
 * however many paths lead to it. Pipes, sockets and devices are never opened. A path that is there as it is written is no
 * glob. Its items are named by their paths, relative to `cwd` if those of the source are. A folder that cannot be listed, or is gone
 * though it was named, hides what was in it: that is not taken for deleted.
 */
export function fileSource(paths: readonly string[], options: FileSourceOptions = {}): Source {
  expectKnownKeys('"options"', options, ['name', 'cwd', 'maxBytes', 'ignore', 'gitignore', 'clock'])
  const { name = 'files', cwd, maxBytes = 1024 ** 3, ignore = defaultIgnore } = options
  const { gitignore = true, clock = wallClock } = options
  if (!Array.isArray(paths))
    throw new TypeError(`Expected "paths" to be an array of paths, got ${describeValue(paths)}.`)
  for (const path of paths) {
    if (typeof path === 'string' && path !== '') continue
    throw new TypeError(`Expected "paths" to hold paths that are not empty, got ${describeValue(path)}.`)
  }
  if (typeof name !== 'string' || name === '' || name.includes(':')) {
    throw new TypeError(`Expected "name" to be a name without a ":", got ${describeValue(name)}.`)
  }
  expectCount('maxBytes', maxBytes)
  if (typeof ignore !== 'function') {
    throw new TypeError(`Expected "ignore" to be a function, got ${describeValue(ignore)}.`)
  }
  if (cwd !== undefined && typeof cwd !== 'string') {
    throw new TypeError(`Expected "cwd" to be a path, got ${describeValue(cwd)}.`)
  }
  const named = [...paths]
  // Which of them are there as they are written is known only when they are listed.
  const patterns = named.flatMap((path) => {
    const glob = path.startsWith('!') ? undefined : globPath(path)
    return glob === undefined ? [literalPath(path)] : [literalPath(path), glob]
  })
  const walk = (): FileWalk =>
    new FileWalk({ cwd: cwd ?? process.cwd(), maxBytes, ignore, gitignore, now: () => clock.now() })

  return Object.freeze({
    name,
    covers: (id) => patterns.some(({ matches }) => matches(id)),
    items: ({ signal } = {}) => walk().items(named, signal),
    async item(id, { signal } = {}) {
      signal?.throwIfAborted()
      return walk().item(named, id, signal)
    },
    async *watch({ signal } = {}) {
      signal?.throwIfAborted()
      for (let again = false; ; again = true) {
        const roots = await walk().roots(named, signal)
        for await (const change of watchFiles(roots, { ignore, gitignore, signal })) {
          yield again && change.type === 'ready' ? { type: 'relist' } : change
        }
      }
    },
  } satisfies Source)
}
