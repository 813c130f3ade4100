import { type IndexAnalyzer, readAnalyzers } from './index-analyzers.ts'
import { type IndexMapping, readMapping } from './index-mapping.ts'
import { type IndexedDocument, parseDocument } from './parse-document.ts'
import { readFlag, readObject, readWhole } from './read-object.ts'
import { TextStatistics } from './text-statistics.ts'

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
  #statistics: TextStatistics | undefined

  constructor(body: unknown, hasVectors: boolean) {
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
    const known = ['number_of_shards', 'number_of_replicas', 'max_result_window', 'knn', 'analysis']
    const own = readObject('settings.index', index ?? {}, hasVectors ? known : known.filter((key) => key !== 'knn'))
    readWhole('number_of_shards', own['number_of_shards'] ?? 1, 1, 1024)
    readWhole('number_of_replicas', own['number_of_replicas'] ?? 1, 0, 1024)
    this.resultWindow = readWhole('max_result_window', own['max_result_window'] ?? 10_000, 1, 1e9)
    this.analyzers = readAnalyzers(own['analysis'])
    this.mapping = readMapping(mappings, this.analyzers, hasVectors && readFlag('knn', own['knn'] ?? false))
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

  merge(): void {
    this.#removed = []
  }
}
