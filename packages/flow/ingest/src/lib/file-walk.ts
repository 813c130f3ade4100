import { readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type { FolderEntry } from './default-ignore.ts'
import { fileContent } from './file-content.ts'
import {
  brokenLink,
  nothingMatches,
  specialFile,
  symlinkLoop,
  unreadableFile,
  unreadableFolder,
  unreadablePath,
} from './file-errors.ts'
import { type FileKind, fileKind } from './file-kind.ts'
import { fileVersion } from './file-version.ts'
import { type GitIgnore, gitIgnoreOf, noGitIgnore } from './git-ignore.ts'
import { IngestError } from './ingest-error.ts'
import { mediaTypeOf } from './media-type.ts'
import { childPath, globPath, isBelow, literalPath, type PathPattern } from './path-pattern.ts'
import type { SourceItem } from './source.ts'
import { systemErrorCode } from './system-error.ts'

/** How files are listed and read. */
export interface WalkOptions {
  readonly cwd: string
  readonly maxBytes: number
  readonly ignore: (entry: FolderEntry) => boolean
  readonly gitignore: boolean
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
}

/** Where a listing begins. */
export interface WalkRoot {
  /** Absolute, without links. */
  readonly location: string
  /** As it is shown. */
  readonly path: string
  /** The rules that hold there. */
  readonly git: GitIgnore
}

/** A place to visit: where it really is, and the path that led there. */
interface Entry extends WalkRoot {
  readonly kind: FileKind
  /** The glob that searches here. */
  readonly glob: PathPattern | undefined
}

/** One listing of files and folders. */
export class FileWalk {
  readonly #options: WalkOptions
  /** Globs that begin with `!`: what fits one is left out, unless it is named. */
  readonly #excluded: ((path: string) => boolean)[] = []
  /** Real paths that the caller named, rather than a folder that holds them. */
  readonly #named = new Set<string>()
  /** Real paths listed so far. */
  readonly #seen = new Set<string>()
  /** Followed last, so that a file has its own path and not that of a link to it. */
  readonly #links: Entry[] = []
  /** Globs that found something. */
  readonly #matched = new Set<PathPattern>()

  constructor(options: WalkOptions) {
    this.#options = options
  }

  async *items(paths: readonly string[], signal: AbortSignal | undefined): AsyncGenerator<SourceItem, void, undefined> {
    const roots = await this.#roots(paths, signal)
    for (const root of roots) {
      signal?.throwIfAborted()
      if ('location' in root) yield* this.#visit(root, signal)
      else yield root
    }
    for (const link of this.#links) {
      signal?.throwIfAborted()
      const entry = await this.#follow(link)
      if ('location' in entry) yield* this.#visit(entry, signal)
      else yield entry
    }
    for (const root of roots) {
      if (!('location' in root) || root.glob === undefined || this.#matched.has(root.glob)) continue
      yield failing(nothingMatches(root.glob.shown))
    }
  }

  /** The item with an id, by the same rules as the listing; `undefined` if it would not be listed. */
  async item(paths: readonly string[], id: string, signal: AbortSignal | undefined): Promise<SourceItem | undefined> {
    const roots = await this.roots(paths, signal)
    for (const root of roots) {
      signal?.throwIfAborted()
      const entry = await this.#descend(root, id)
      if (entry !== undefined && !(await this.#hasOtherPath(entry, roots))) return this.#fileItem(entry, signal)
    }
    return undefined
  }

  /** The folders and files that were named, or that globs search in. */
  async roots(paths: readonly string[], signal: AbortSignal | undefined): Promise<Entry[]> {
    return (await this.#roots(paths, signal)).filter((root) => 'location' in root)
  }

  async #roots(paths: readonly string[], signal: AbortSignal | undefined): Promise<(Entry | SourceItem)[]> {
    const roots: (Entry | SourceItem)[] = []
    for (const path of paths) {
      signal?.throwIfAborted()
      if (path.length > 1 && path.startsWith('!') && !(await this.#isThere(path))) {
        this.#excluded.push((globPath(path.slice(1)) ?? literalPath(path.slice(1))).matches)
        continue
      }
      const glob = (await this.#isThere(path)) ? undefined : globPath(path)
      const root = await this.#resolveNamed(glob ?? literalPath(path), glob?.base ?? path)
      roots.push(root)
      if ('location' in root && glob === undefined) this.#named.add(root.location)
    }
    return roots
  }

  async #isThere(path: string): Promise<boolean> {
    return stat(resolve(this.#options.cwd, path)).then(
      () => true,
      () => false,
    )
  }

  async #resolveNamed(pattern: PathPattern, path: string): Promise<Entry | SourceItem> {
    const shown = pattern.base ?? pattern.shown
    try {
      const location = await realpath(resolve(this.#options.cwd, path))
      const kind = fileKind(await stat(location))
      const git = kind === 'folder' && this.#options.gitignore ? await gitIgnoreOf(location) : noGitIgnore
      return { location, path: shown, kind, git, glob: pattern.base === undefined ? undefined : pattern }
    } catch (error) {
      return failing(unreadablePath(pattern.shown, error), pattern.matches)
    }
  }

  async *#visit(first: Entry, signal: AbortSignal | undefined): AsyncGenerator<SourceItem, void, undefined> {
    const waiting = [first]
    for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
      signal?.throwIfAborted()
      const { kind, location, path } = entry
      if (kind === 'link') {
        this.#links.push(entry)
      } else if (kind === 'folder') {
        if (this.#seen.has(`${location}${sep}${entry.glob?.shown ?? ''}`)) continue
        this.#seen.add(`${location}${sep}${entry.glob?.shown ?? ''}`)
        const entries = await this.#list(entry)
        if (entries instanceof IngestError) yield failing(entries, (id) => isBelow(path, id))
        else for (const next of entries) waiting.push(next)
      } else if (!this.#seen.has(location) && this.#isMeant(entry)) {
        this.#seen.add(location)
        if (typeof kind === 'object') yield failing(specialFile(path, kind.other, this.#named.has(location)))
        else yield this.#fileItem(entry, signal)
      }
    }
  }

  #isMeant({ location, path, glob }: Entry): boolean {
    if (this.#named.has(location)) return true
    if (glob !== undefined && !glob.matches(path)) return false
    if (this.#excluded.some((excludes) => excludes(path))) return false
    if (glob !== undefined) this.#matched.add(glob)
    return true
  }

  async #follow(link: Entry): Promise<Entry | SourceItem> {
    const { path } = link
    try {
      const location = await realpath(link.location)
      const kind = fileKind(await stat(location))
      if (kind === 'folder' && isInside(link.location, location)) return failing(symlinkLoop(path))
      return { ...link, location, kind }
    } catch (error) {
      return failing(brokenLink(path, error), (id) => isBelow(path, id))
    }
  }

  /** The entries of a folder, last name first. */
  async #list({ location: folder, path: shown, git: outer, glob }: Entry): Promise<Entry[] | IngestError> {
    try {
      const found = await readdir(folder, { withFileTypes: true })
      const hasRules = this.#options.gitignore && found.some(({ name }) => name === '.gitignore')
      const git = hasRules ? await outer.within(folder) : outer
      const entries: Entry[] = []
      for (const entry of found) {
        const path = childPath(shown, entry.name)
        const location = join(folder, entry.name)
        if (this.#isIgnored({ name: entry.name, path, isFile: entry.isFile() }, location, entry.isDirectory(), git))
          continue
        entries.push({ location, path, kind: fileKind(entry), git, glob })
      }
      return entries.toSorted((a, b) => (a.path < b.path ? 1 : -1))
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error
      return this.#named.has(folder) ? unreadablePath(shown, error) : unreadableFolder(shown, error)
    }
  }

  #isIgnored(entry: FolderEntry, location: string, isFolder: boolean, git: GitIgnore): boolean {
    return this.#options.ignore(entry) || git.ignores(location, isFolder)
  }

  /** Follows a path down from a folder that was named. */
  async #descend(root: Entry, id: string): Promise<Entry | undefined> {
    if (root.path === id) return root.kind === 'file' ? root : undefined
    if (root.kind !== 'folder' || !isBelow(root.path, id)) return undefined
    const names = root.path === '.' ? id.split('/') : id.slice(root.path.length).split('/').filter(Boolean)
    let { location, path, git } = root
    try {
      for (const [depth, name] of names.entries()) {
        if (depth > 0 && this.#options.gitignore) git = await git.within(location)
        path = childPath(path, name)
        const below = join(location, name)
        const stats = await stat(below)
        if (this.#isIgnored({ name, path, isFile: stats.isFile() }, below, stats.isDirectory(), git)) return undefined
        location = await realpath(below)
        if (depth < names.length - 1) continue
        const entry: Entry = { ...root, location, path, kind: fileKind(stats) }
        return entry.kind === 'file' && this.#isMeant(entry) ? entry : undefined
      }
    } catch (error) {
      const code = systemErrorCode(error)
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    }
    return undefined
  }

  /** Whether a file is listed by its own path, and not by this one that leads to it through a link. */
  async #hasOtherPath({ location, path }: Entry, roots: readonly Entry[]): Promise<boolean> {
    for (const root of roots) {
      if (root.location !== location && !isInside(location, root.location)) continue
      const below = relative(root.location, location)
      const own = below === '' ? root.path : below.split(sep).reduce(childPath, root.path)
      if (own !== path && (await this.#descend(root, own)) !== undefined) return true
    }
    return false
  }

  async #fileItem({ path, location }: Entry, signal: AbortSignal | undefined): Promise<SourceItem> {
    const { maxBytes, now } = this.#options
    const mediaType = mediaTypeOf(path) ?? mediaTypeOf(location) ?? 'application/octet-stream'
    const named = this.#named.has(location)
    const version = await stat(location, { bigint: true }).then(
      (stats) => fileVersion(stats, now()),
      // Reading it says what is wrong.
      () => undefined,
    )
    signal?.throwIfAborted()
    const toError = (error: unknown): IngestError => (named ? unreadablePath : unreadableFile)(path, error)
    return {
      id: path,
      path,
      version,
      mediaType,
      async read(options = {}) {
        const content = await fileContent(location, { path, maxBytes, now, toError, signal: options.signal })
        return { ...content, mediaType }
      },
    }
  }
}

function failing(error: IngestError, hides?: (id: string) => boolean): SourceItem {
  return {
    id: error.path,
    path: error.path,
    hides,
    async read({ signal } = {}) {
      signal?.throwIfAborted()
      throw error
    },
  }
}

function isInside(location: string, folder: string): boolean {
  return location.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
