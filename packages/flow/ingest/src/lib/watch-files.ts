import type { Stats } from 'node:fs'
import { basename, relative, sep } from 'node:path'
import { onAbort } from '@empire/clock'
import type { FolderEntry } from './default-ignore.ts'
import type { WalkRoot } from './file-walk.ts'
import { childPath } from './path-pattern.ts'
import type { SourceChange } from './source.ts'

/** What is left out. */
export interface WatchFilesOptions {
  readonly ignore: (entry: FolderEntry) => boolean
  readonly gitignore: boolean
  readonly signal: AbortSignal | undefined
}

/**
 * Tells of changed files below some places, until it is left or aborted, or a `.gitignore` file changes, for that may say what is
 * to be watched. What comes faster than it is asked for is told once.
 */
export async function* watchFiles(
  roots: readonly WalkRoot[],
  { ignore, gitignore, signal }: WatchFilesOptions,
): AsyncGenerator<SourceChange, void, undefined> {
  signal?.throwIfAborted()
  const { watch } = await import('chokidar')
  const waiting = new Map<string, SourceChange>()
  let failure: { readonly error: unknown } | undefined
  let changed = Promise.withResolvers<void>()
  const put = (key: string, change: SourceChange): void => {
    waiting.set(key, change)
    changed.resolve()
  }
  const isRules = (location: string): boolean => gitignore && basename(location) === '.gitignore'
  const watcher = watch(
    roots.map(({ location }) => location),
    {
      ignoreInitial: true,
      ignored: (location, stats) => !isRules(location) && isIgnored(roots, location, stats, ignore),
    },
  )
  let rulesChanged = false
  const note = (type: 'changed' | 'removed') => (location: string) => {
    if (isRules(location)) {
      rulesChanged = true
      changed.resolve()
      return
    }
    const id = idOf(roots, location)
    if (id !== undefined) put(id, { type, id })
  }
  watcher
    .on('ready', () => put('', { type: 'ready' }))
    .on('add', note('changed'))
    .on('change', note('changed'))
    .on('unlink', note('removed'))
    .on('error', (error) => {
      failure ??= { error }
      changed.resolve()
    })
  const stopListening = signal && onAbort(signal, () => changed.resolve())
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (failure !== undefined) throw failure.error
      if (rulesChanged) return
      const [next] = waiting
      if (next === undefined) {
        await changed.promise
        changed = Promise.withResolvers()
        continue
      }
      waiting.delete(next[0])
      yield next[1]
    }
  } finally {
    stopListening?.()
    await watcher.close()
  }
}

function rootOf(roots: readonly WalkRoot[], location: string): WalkRoot | undefined {
  return roots.find((root) => location === root.location || location.startsWith(withSeparator(root.location)))
}

function idOf(roots: readonly WalkRoot[], location: string): string | undefined {
  const root = rootOf(roots, location)
  if (root === undefined) return undefined
  const below = relative(root.location, location)
  return below === '' ? root.path : below.split(sep).reduce(childPath, root.path)
}

function isIgnored(
  roots: readonly WalkRoot[],
  location: string,
  stats: Stats | undefined,
  ignore: (entry: FolderEntry) => boolean,
): boolean {
  const root = rootOf(roots, location)
  if (root === undefined || location === root.location) return false
  const path = idOf(roots, location) ?? ''
  if (ignore({ name: basename(location), path, isFile: stats?.isFile() ?? false })) return true
  return root.git.ignores(location, stats?.isDirectory() ?? false)
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep
}
