import { type FSWatcher, statSync, watch } from 'node:fs'
import { type WatchedFolder, watchedFolders } from './watched-folders.ts'

/** Editors and deployments write a file in several steps. Milliseconds. */
const settleTime = 50

/** Files that are watched. */
export interface FileWatch {
  /** Asks again which files they are. */
  renew(): void
  close(): void
}

/**
 * Calls `onChange` soon after one of the files may have changed, was created, replaced or removed.
 *
 * It watches their folders, because a watched file is lost as soon as another is renamed over it; those above, which may be
 * renamed too; and, through symbolic links, those that they lead to. Does not keep the process.
 */
export function watchFiles(
  listFiles: () => readonly string[],
  onChange: () => void,
  onError: (error: unknown) => void,
): FileWatch {
  let watchers: FSWatcher[] = []
  let timer: NodeJS.Timeout | undefined
  let touched = false
  let isClosed = false
  let files = listFiles()
  watchFolders()
  let last = describeFiles(files)

  return {
    renew() {
      const now = listFiles()
      if (isClosed || now.join('\0') === files.join('\0')) return
      files = now
      watchFolders()
      last = describeFiles(files)
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      closeAll(watchers)
      watchers = []
    },
  }

  function watchFolders(): void {
    const before = watchers
    watchers = [...watchedFolders(files)].flatMap(([path, folder]) => watchFolder(path, folder))
    closeAll(before)
  }

  function watchFolder(path: string, folder: WatchedFolder): FSWatcher[] {
    const onFault = (error: unknown): void => {
      if (!isClosed && !isExpected(error, folder)) onError(error)
    }
    try {
      const watcher = watch(path, { persistent: false }, (_event, name) => {
        if (name === null || folder.names.has(name)) onEvent(folder)
        // Of itself: it was renamed or removed.
        else if (path.endsWith(name)) onEvent(undefined)
      })
      return [watcher.on('error', onFault)]
    } catch (error) {
      onFault(error)
      return []
    }
  }

  function onEvent(folder: WatchedFolder | undefined): void {
    if (isClosed) return
    // Also when nothing that can be seen has changed: within one tick of the clock, and as long as before.
    if (folder?.isLast === true) touched = true
    // Not put off by further events: in a busy folder, that could be for ever.
    timer ??= setTimeout(check, settleTime).unref()
  }

  function check(): void {
    timer = undefined
    // A folder may have been replaced by another of the same name, which the old watcher would not see.
    watchFolders()
    const now = describeFiles(files)
    const changed = touched || now !== last
    last = now
    touched = false
    if (changed) onChange()
  }
}

function closeAll(watchers: readonly FSWatcher[]): void {
  for (const watcher of watchers) watcher.close()
}

const gone = new Set(['ENOENT', 'ENOTDIR'])
const unreadable = new Set(['EACCES', 'EPERM'])

/** A folder that has just gone is told of by the one above. One above may be passed through, but not read. */
function isExpected(error: unknown, { isLast }: WatchedFolder): boolean {
  const code = codeOf(error)
  return gone.has(code) || (!isLast && unreadable.has(code))
}

/** Differs when a file was replaced or changed, also behind a symbolic link. */
function describeFiles(files: readonly string[]): string {
  return files.map(describeFile).join()
}

function describeFile(file: string): string {
  try {
    const { dev, ino, mtimeNs, size } = statSync(file, { bigint: true })
    return `${dev}.${ino}.${mtimeNs}.${size}`
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
