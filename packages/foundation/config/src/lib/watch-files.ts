import { existsSync, type FSWatcher, realpathSync, statSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** Editors and deployments write a file in several steps. Milliseconds. */
const settleTime = 50

/**
 * Calls `onChange` soon after one of `files` may have changed, was created, replaced or removed.
 *
 * It watches their folders, because a watched file is lost as soon as another is renamed over it; through symbolic
 * links, also the folders that they lead to; and the next folder above when one is missing. Does not keep the process.
 */
export function watchFiles(
  files: readonly string[],
  onChange: () => void,
  onError: (error: unknown) => void,
): () => void {
  const names = new Set(files.map((file) => basename(file)))
  let watchers: FSWatcher[] = []
  let timer: NodeJS.Timeout | undefined
  let touched = false
  watchFolders()
  let last = describeFiles(files)

  return () => {
    clearTimeout(timer)
    closeAll(watchers)
    watchers = []
  }

  function watchFolders(): void {
    const before = watchers
    watchers = [...new Set(files.flatMap(foldersOf))].flatMap((folder) => {
      try {
        return [watch(folder, { persistent: false }, onEvent).on('error', onError)]
      } catch (error) {
        onError(error)
        return []
      }
    })
    closeAll(before)
  }

  function onEvent(_event: string, name: string | null): void {
    if (name === null || names.has(name)) touched = true
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

function foldersOf(file: string): string[] {
  const folder = closestFolder(dirname(file))
  const target = realPath(file)
  return target === undefined ? [folder] : [folder, dirname(target)]
}

function closestFolder(folder: string): string {
  let closest = folder
  while (!existsSync(closest) && dirname(closest) !== closest) closest = dirname(closest)
  return closest
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file)
  } catch {
    return undefined
  }
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
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  }
}
