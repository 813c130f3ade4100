import { type IndexAnalyzer, readAnalyzers } from './index-analyzers.ts'
import { type IndexMapping, readMapping } from './index-mapping.ts'
import { illegalArgument } from './opensearch-failure.ts'
import { type IndexedDocument, parseDocument } from './parse-document.ts'
import { readFlag, readObject, readWhole } from './read-object.ts'
import { TextStatistics } from './text-statistics.ts'

/** What a server can, and does unless it is told otherwise. */
export interface ServerTraits {
  /** Whether the k-NN plugin is there. */
  readonly hasVectors: boolean
  /** Whether it leaves vectors out of `_source`, and makes them again: from version 3 on. */
  readonly derivesVectors: boolean
}

/** An index: documents are found from the next refresh on. */
export class FakeIndex {
  readonly mapping: IndexMapping
  readonly analyzers: ReadonlyMap<string, IndexAnalyzer>
  readonly aliases = new Set<string>()
  /** As it was given, for `GET /{index}`. */
  readonly body: { readonly settings: unknown; readonly mappings: unknown }
  readonly resultWindow: number
  readonly #written = new Map<string, IndexedDocument>()
  #found: ReadonlyMap<string, IndexedDocument> = new Map()
  /** Replaced and removed ones: until a merge they count in the statistics of words. */
  #removed: IndexedDocument[] = []
  /** How many of them were there at the last flush. */
  #flushed = 0
  #statistics: TextStatistics | undefined

  constructor(body: unknown, { hasVectors, derivesVectors }: ServerTraits) {
    const {
      settings = {},
      mappings = {},
      aliases = {},
    } = readObject('index', body, ['settings', 'mappings', 'aliases'])
    for (const [alias, value] of Object.entries(readObject('aliases', aliases))) {
      readObject(`aliases.${alias}`, value, [])
      this.aliases.add(alias)
    }
    const { index } = readObject('settings', settings, ['index'])
    const known = ['number_of_shards', 'number_of_replicas', 'max_result_window', 'analysis']
    if (hasVectors) known.push('knn')
    if (hasVectors && derivesVectors) known.push('knn.derived_source.enabled')
    const own = readObject('settings.index', index ?? {}, known)
    readWhole('number_of_shards', own['number_of_shards'] ?? 1, 1, 1024)
    readWhole('number_of_replicas', own['number_of_replicas'] ?? 1, 0, 1024)
    this.resultWindow = readWhole('max_result_window', own['max_result_window'] ?? 10_000, 1, 1e9)
    this.analyzers = readAnalyzers(own['analysis'])
    const keepsVectors = hasVectors && readFlag('knn', own['knn'] ?? false)
    const derived = 'knn.derived_source.enabled'
    // A real server takes it, and may give 1 for a vector in an object: nobody here means that.
    if (keepsVectors && derivesVectors && readFlag(derived, own[derived] ?? true)) {
      throw illegalArgument(`vectors would be given back changed: say [index.${derived}]`)
    }
    this.mapping = readMapping(mappings, this.analyzers, keepsVectors)
    this.body = { settings, mappings }
  }

  /** The documents that searches find. */
  get documents(): ReadonlyMap<string, IndexedDocument> {
    return this.#found
  }

  get removedCount(): number {
    return this.#removed.length
  }

  get statistics(): TextStatistics {
    this.#statistics ??= new TextStatistics([...this.#found.values(), ...this.#removed])
    return this.#statistics
  }

  /** @returns Whether it replaced another one. */
  put(id: string, source: unknown): boolean {
    const document = parseDocument(this.mapping, id, source)
    const isThere = this.remove(id)
    this.#written.set(id, document)
    return isThere
  }

  /** @returns Whether it was there. */
  remove(id: string): boolean {
    const document = this.#written.get(id)
    if (document === undefined) return false
    this.#written.delete(id)
    this.#removed.push(document)
    return true
  }

  refresh(): void {
    this.#found = new Map(this.#written)
    this.#statistics = undefined
  }

  /** Writes down what there is. Only what was removed before it need not be kept. */
  flush(): void {
    this.#flushed = this.#removed.length
  }

  /** Lets go of what was removed, unless a copy may still need it. */
  merge(isKept: boolean): void {
    if (!isKept) this.#removed.splice(0, this.#flushed)
    this.flush()
  }
}
