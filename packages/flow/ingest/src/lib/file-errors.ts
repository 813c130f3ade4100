import { IngestError } from './ingest-error.ts'
import { isTransientError, systemErrorCode, systemErrorReason } from './system-error.ts'

/** A path that the caller named cannot be read. */
export function unreadablePath(path: string, error: unknown): IngestError {
  return new IngestError('unreadable_path', path, `cannot be read: ${systemErrorReason(error)}. Check the path.`, {
    cause: error,
    retryable: isTransientError(error),
  })
}

/** A file that was found cannot be read. */
export function unreadableFile(path: string, error: unknown): IngestError {
  const code = systemErrorCode(error)
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    const options = { cause: error, retryable: isTransientError(error) }
    return new IngestError('unreadable', path, `cannot be read: ${systemErrorReason(error)}.`, options)
  }
  // A name in another encoding is listed with replacement characters, by which it cannot be opened.
  const reason = path.includes('\ufffd') ? 'its name is not UTF-8, rename it.' : 'gone since the folder was listed.'
  return new IngestError('vanished', path, reason, { cause: error })
}

/** A folder that was found cannot be listed. */
export function unreadableFolder(path: string, error: unknown): IngestError {
  return new IngestError('unreadable', path, `cannot list the folder: ${systemErrorReason(error)}.`, { cause: error })
}

/** A symbolic link that was found leads nowhere. */
export function brokenLink(path: string, error: unknown): IngestError {
  const code = systemErrorCode(error)
  if (code === 'ELOOP') return symlinkLoop(path)
  if (code === 'ENOENT') {
    return new IngestError('broken_link', path, 'a symbolic link to nothing. Mend or remove it.', { cause: error })
  }
  return new IngestError('unreadable', path, `cannot follow the link: ${systemErrorReason(error)}.`, { cause: error })
}

/** A symbolic link leads to a folder around it. */
export function symlinkLoop(path: string): IngestError {
  return new IngestError('symlink_loop', path, 'skipped, a symbolic link that leads back to itself.')
}

/** Something that is no file and no folder. */
export function specialFile(path: string, kind: string, named: boolean): IngestError {
  if (!named) return new IngestError('not_a_file', path, `skipped, ${kind}.`)
  return new IngestError('unreadable_path', path, `cannot be read: ${kind}, not a file or folder.`)
}

/** A glob that finds nothing. */
export function nothingMatches(path: string): IngestError {
  return new IngestError('unreadable_path', path, 'matches no file. Check the pattern.')
}
