import type { Dirent, Stats } from 'node:fs'

/** What stands at a path, as far as reading goes. `other` is named for messages. */
export type FileKind = 'file' | 'folder' | 'link' | { readonly other: string }

/** The kind of a directory entry or of a path. */
export function fileKind(entry: Dirent | Stats): FileKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'folder'
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isFIFO()) return { other: 'a named pipe' }
  if (entry.isSocket()) return { other: 'a socket' }
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return { other: 'a device' }
  return { other: 'something else' }
}
