import { describeValue } from '@empire/errors'
import type { FieldDefinitions } from './schema.ts'
import type { SearchDocument } from './search-document.ts'
import { SearchError } from './search-error.ts'
import type { CallOptions, SearchIndex } from './search-index.ts'
import type { Filter } from './filter.ts'

/** An index under a name that outlives it. */
export interface SearchAlias<Fields extends FieldDefinitions = FieldDefinitions> extends SearchIndex<Fields> {
  /**
   * Puts a new index in place of the one there, with no search missed: searches and writes go on, those under way end on the old index,
   * which is then closed. What is written meanwhile goes to both.
   *
   * `build` makes the new index, fills it and gives it back; if it rejects, or gives no new index, all stays as it was. One at a time: a
   * second call waits.
   */
  reindex(
    build: (options: CallOptions) => SearchIndex<Fields> | Promise<SearchIndex<Fields>>,
    options?: CallOptions,
  ): Promise<void>
}

type Write<Fields extends FieldDefinitions, Result = unknown> = (
  index: SearchIndex<Fields>,
  options: CallOptions | undefined,
) => Promise<Result>

/** An alias of an index. Closing it closes the index that it stands for. */
export function createAlias<Fields extends FieldDefinitions>(first: SearchIndex<Fields>): SearchAlias<Fields> {
  if (!isIndex(first)) throw new TypeError(`"index" must be an index, got ${describeValue(first)}.`)
  let current = first
  let closing: Promise<void> | undefined
  /** The writes that ended since a rebuild began, for the new index. */
  let missed: Write<Fields>[] | undefined
  let rebuilding: Promise<unknown> = Promise.resolve()
  const underWay = new Set<Promise<void>>()
  /** The last moments of a rebuild, in which new writes wait. */
  let swapping: Promise<void> | undefined

  async function write<Result>(run: Write<Fields, Result>, options: CallOptions | undefined): Promise<Result> {
    // Nearly always there is nothing to wait for, and a write must not lose its place by waiting.
    if (swapping !== undefined) await swapping
    const call = run(current, options)
    const settled = call.then(ignore, ignore)
    underWay.add(settled)
    try {
      const result = await call
      // A write that failed here must not happen there; one that began before the rebuild may have come too late for what it read.
      missed?.push(run)
      return result
    } finally {
      underWay.delete(settled)
    }
  }

  async function rebuild(build: Parameters<SearchAlias<Fields>['reindex']>[0], { signal }: CallOptions): Promise<void> {
    signal?.throwIfAborted()
    if (closing !== undefined) throw closed()
    const log: Write<Fields>[] = []
    const swap = Promise.withResolvers<void>()
    let next: SearchIndex<Fields> | undefined
    missed = log
    try {
      const built = await build({ signal })
      if (built === current || built === alias) throw new TypeError('"build" must give a new index, got the one there.')
      if (!isIndex(built)) throw new TypeError(`"build" must give a new index, got ${describeValue(built)}.`)
      next = built
      await catchUp(next, log, signal)
      swapping = swap.promise
      await Promise.all(underWay)
      await catchUp(next, log, signal)
      if (closing !== undefined) throw closed()
    } catch (error) {
      await next?.close()
      throw error
    } finally {
      missed = undefined
      swapping = undefined
      // After the swap below, which does not wait.
      queueMicrotask(swap.resolve)
    }
    const old = current
    current = next
    await old.close()
  }

  const close = (): Promise<void> => {
    closing ??= rebuilding.then(() => current.close())
    return closing
  }

  const alias: SearchAlias<Fields> = Object.freeze({
    get capabilities() {
      return current.capabilities
    },
    get manifest() {
      return current.manifest
    },
    add: (documents: Iterable<SearchDocument<Fields>>, options?: CallOptions) => {
      const batch = [...documents]
      return write((index, own) => index.add(batch, own), options)
    },
    remove: (which: Iterable<string> | Filter<Fields>, options?: CallOptions) => {
      const kept = Symbol.iterator in Object(which) ? [...(which as Iterable<string>)] : which
      return write((index, own) => index.remove(kept, own), options)
    },
    replace: (filter: Filter<Fields>, documents: Iterable<SearchDocument<Fields>>, options?: CallOptions) => {
      const batch = [...documents]
      return write((index, own) => index.replace(filter, batch, own), options)
    },
    search: (request, options) => current.search(request, options),
    statistics: (options) => current.statistics(options),
    optimize: (options) => current.optimize(options),
    reindex(build, options = {}) {
      const turn = rebuilding.then(() => rebuild(build, options))
      rebuilding = turn.catch(() => {})
      return turn
    },
    close,
    [Symbol.asyncDispose]: close,
  } satisfies SearchAlias<Fields>)
  return alias
}

function isIndex(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as Partial<SearchIndex>).search === 'function'
}

function closed(): SearchError {
  return new SearchError('index_closed', 'The alias is closed. Create it anew.')
}

/** Does to the new index what was done to the old one; more may come meanwhile. */
async function catchUp<Fields extends FieldDefinitions>(
  next: SearchIndex<Fields>,
  log: Write<Fields>[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let write = log.shift(); write !== undefined; write = log.shift()) {
    signal?.throwIfAborted()
    await write(next, undefined)
  }
}

function ignore(): void {}
