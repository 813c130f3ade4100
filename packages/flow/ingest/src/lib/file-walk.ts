import type { Stats } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { extname, join, normalize, resolve, sep } from 'node:path'
import type { FolderEntry } from './default-ignore.ts'
import { type FileKind, fileKind } from './file-kind.ts'
import { IngestError } from './ingest-error.ts'
import { mediaTypeOf } from './media-type.ts'
import { readFile } from './read-file.ts'
import type { SourceItem } from './source.ts'
import { systemErrorCode, systemErrorReason } from './system-error.ts'

interface WalkOptions {
  readonly cwd: string
  readonly maxBytes: number
  readonly ignore: (entry: FolderEntry) => boolean
}

/** A place to visit: where it really is, and the path that led there. */
interface Entry {
  readonly location: string
  readonly path: string
  readonly kind: FileKind
}

/** One listing of files and folders. */
export class FileWalk {
  readonly #options: WalkOptions
  /** Real paths that the caller named, rather than a folder that holds them. */
  readonly #named = new Set<string>()
  /** Real paths listed so far. */
  readonly #seen = new Set<string>()
  /** Followed last, so that a file has its own path and not that of a link to it. */
  readonly #links: Entry[] = []

  constructor(options: WalkOptions) {
    this.#options = options
  }

  async *items(paths: readonly string[], signal: AbortSignal | undefined): AsyncGenerator<SourceItem, void, undefined> {
    const entries: (Entry | IngestError)[] = []
    for (const path of paths) {
      signal?.throwIfAborted()
      const entry = await this.#resolveNamed(path)
      entries.push(entry)
      if (!(entry instanceof IngestError)) this.#named.add(entry.location)
    }
    for (const entry of entries) {
      signal?.throwIfAborted()
      yield* entry instanceof IngestError ? [failing(entry)] : this.#visit(entry, signal)
    }
    for (const link of this.#links) {
      signal?.throwIfAborted()
      const entry = await this.#follow(link)
      yield* entry instanceof IngestError ? [failing(entry)] : this.#visit(entry, signal)
    }
  }

  async *#visit(first: Entry, signal: AbortSignal | undefined): AsyncGenerator<SourceItem, void, undefined> {
    const waiting = [first]
    for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
      signal?.throwIfAborted()
      const { kind, location } = entry
      if (kind === 'link') {
        this.#links.push(entry)
      } else if (!this.#seen.has(location)) {
        this.#seen.add(location)
        if (typeof kind === 'object') {
          yield failing(this.#specialFile(entry, kind.other))
        } else if (kind === 'file') {
          yield this.#fileItem(entry)
        } else {
          const entries = await this.#list(entry)
          if (entries instanceof IngestError) yield failing(entries)
          else for (const next of entries) waiting.push(next)
        }
      }
    }
  }

  async #resolveNamed(path: string): Promise<Entry | IngestError> {
    const shown = shownPath(path)
    try {
      const location = await realpath(resolve(this.#options.cwd, path))
      return { location, path: shown, kind: fileKind(await stat(location)) }
    } catch (error) {
      return unreadablePath(shown, error)
    }
  }

  async #follow(link: Entry): Promise<Entry | IngestError> {
    const { path } = link
    let location: string
    let stats: Stats
    try {
      location = await realpath(link.location)
      stats = await stat(location)
    } catch (error) {
      const code = systemErrorCode(error)
      if (code === 'ELOOP') return symlinkLoop(path)
      const reason = systemErrorReason(error)
      if (code !== 'ENOENT')
        return new IngestError('unreadable', path, `cannot follow the link: ${reason}.`, { cause: error })
      return new IngestError('broken_link', path, 'a symbolic link to nothing. Mend or remove it.', { cause: error })
    }
    const kind = fileKind(stats)
    if (kind === 'folder' && isInside(link.location, location)) return symlinkLoop(path)
    return { location, path, kind }
  }

  /** The entries of a folder, last name first. */
  async #list(folder: Entry): Promise<Entry[] | IngestError> {
    try {
      const entries: Entry[] = []
      for (const entry of await readdir(folder.location, { withFileTypes: true })) {
        const path = childPath(folder.path, entry.name)
        if (this.#options.ignore({ name: entry.name, path, isFile: entry.isFile() })) continue
        entries.push({ location: join(folder.location, entry.name), path, kind: fileKind(entry) })
      }
      return entries.toSorted((a, b) => (a.path < b.path ? 1 : -1))
    } catch (error) {
      if (this.#named.has(folder.location)) return unreadablePath(folder.path, error)
      if (systemErrorCode(error) === undefined) throw error
      const reason = systemErrorReason(error)
      return new IngestError('unreadable', folder.path, `cannot list the folder: ${reason}.`, { cause: error })
    }
  }

  #specialFile({ location, path }: Entry, kind: string): IngestError {
    if (!this.#named.has(location)) return new IngestError('not_a_file', path, `skipped, ${kind}.`)
    return new IngestError('unreadable_path', path, `cannot be read: ${kind}, not a file or folder.`)
  }

  #fileItem(entry: Entry): SourceItem {
    const { path, location } = entry
    const mediaType = mediaTypeOf(extname(path)) ?? mediaTypeOf(extname(location)) ?? 'application/octet-stream'
    const { maxBytes } = this.#options
    const named = this.#named.has(location)
    return {
      id: path,
      path,
      mediaType,
      async read({ signal } = {}) {
        try {
          return { bytes: await readFile(location, { path, maxBytes, signal }), mediaType }
        } catch (error) {
          if (systemErrorCode(error) === undefined || error instanceof IngestError || signal?.aborted) throw error
          throw named ? unreadablePath(path, error) : unreadableFile(path, error)
        }
      },
    }
  }
}

function failing(error: IngestError): SourceItem {
  return {
    id: error.path,
    path: error.path,
    async read() {
      throw error
    },
  }
}

function unreadablePath(path: string, error: unknown): IngestError {
  const reason = systemErrorReason(error)
  return new IngestError('unreadable_path', path, `cannot be read: ${reason}. Check the path.`, { cause: error })
}

function unreadableFile(path: string, error: unknown): IngestError {
  const code = systemErrorCode(error)
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    return new IngestError('unreadable', path, `cannot be read: ${systemErrorReason(error)}.`, { cause: error })
  }
  // A name in another encoding is listed with replacement characters, by which it cannot be opened.
  const reason = path.includes('\ufffd') ? 'its name is not UTF-8, rename it.' : 'gone since the folder was listed.'
  return new IngestError('vanished', path, reason, { cause: error })
}

function symlinkLoop(path: string): IngestError {
  return new IngestError('symlink_loop', path, 'skipped, a symbolic link that leads back to itself.')
}

function shownPath(path: string): string {
  const normal = normalize(path).replaceAll(sep, '/')
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}

function childPath(folder: string, name: string): string {
  if (folder === '.') return name
  return folder.endsWith('/') ? folder + name : `${folder}/${name}`
}

function isInside(location: string, folder: string): boolean {
  return location.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
