import {
  type BackendCall,
  type BackendResult,
  type BackendWrite,
  type CheckedRequest,
  type IndexDefinition,
  type SearchBackend,
  searchFeatures,
} from '@empire/search/backend'
import { codeDocuments } from './code-documents.ts'
import { compileFilter } from './compile-filter.ts'
import { countFacet } from './count-facets.ts'
import { type IndexEntry, readEntry, readManifest } from './index-catalog.ts'
import { type IndexTables, indexTables } from './index-tables.ts'
import { matchRequest } from './match-request.ts'
import { mergeSome, optimizeTables } from './optimize-tables.ts'
import { readHits } from './read-hits.ts'
import { sortPage } from './sort-page.ts'
import type { SqliteFile } from './sqlite-file.ts'
import { type SqliteSearch, startSearch } from './sqlite-search.ts'
import { WordCoder } from './word-coder.ts'
import { documentWriter } from './write-documents.ts'

/** Which index of a file. */
export interface SqliteBackendOptions {
  readonly name: string
  /** The number of an index that has no name yet. */
  readonly successor?: number | undefined
}

/** An index in a SQLite file. */
export class SqliteBackend implements SearchBackend {
  readonly capabilities = Object.freeze({
    backend: 'sqlite',
    features: searchFeatures,
    atomic: true,
    hybrid: 'fused',
    highlight: 'stored',
  } as const)
  readonly #file: SqliteFile
  readonly #definition: IndexDefinition
  readonly #options: SqliteBackendOptions
  #number = 0
  #tables: IndexTables
  readonly #coders: readonly WordCoder[]
  /** Up to which purge the coders know which words the index has. */
  #purges = 0

  constructor(file: SqliteFile, definition: IndexDefinition, options: SqliteBackendOptions) {
    this.#file = file
    this.#definition = definition
    this.#options = options
    this.#tables = indexTables(definition.schema, 0)
    this.#coders = this.#tables.analyzers.map((analyzer, number) => new WordCoder(analyzer, number))
  }

  async write({ remove, add }: BackendWrite, { signal }: BackendCall): Promise<number> {
    while (true) {
      const documents = await codeDocuments(this.#tables, this.#coders, add, signal)
      const words = this.#coders.flatMap((coder) => coder.takeFresh())
      try {
        const removed = await this.#file.write(() => {
          const entry = this.enter()
          // Another process removed words since that the coders take for known, or put another index in place.
          return entry.purges === this.#purges ? this.#write(entry, { remove, documents, words }) : undefined
        }, signal)
        if (removed !== undefined) return removed
      } catch (error) {
        this.#forgetWords()
        throw error
      }
      this.#forgetWords()
      this.#purges = await this.#file.read(() => this.enter().purges, signal)
    }
  }

  search(request: CheckedRequest, { signal }: BackendCall): Promise<BackendResult> {
    return this.#read(
      (search) => {
        const matches = matchRequest(search, request)
        const found = request.limit === 0 ? [] : sortPage(search, matches, request)
        const page = found.slice(0, request.limit)
        const hits = readHits(search, matches, request, page)
        const facets = request.facets.map((facet) => countFacet(search, matches, facet))
        const { total, visited, pushedDown } = matches
        const more = found.length > page.length
        if (!request.explain) return { hits, more, total, facets }
        return {
          hits,
          more,
          total,
          facets,
          explain: { native: { statements: search.statements }, pushedDown, visited },
        }
      },
      request.explain,
      signal,
    )
  }

  statistics({ signal }: BackendCall): Promise<{ documents: number; terms: number; bytes: number }> {
    return this.#read(
      (search) => {
        const { textFields, vocabulary } = search.tables
        const terms =
          textFields.length === 0
            ? 0
            : (search.first(`SELECT count(*) FROM ${vocabulary} WHERE term NOT IN ('_', '__')`)?.[0] as number)
        const pages = search.first('PRAGMA page_count')?.[0] as number
        const pageSize = search.first('PRAGMA page_size')?.[0] as number
        return { documents: search.entry.documents, terms, bytes: pages * pageSize }
      },
      false,
      signal,
    )
  }

  async optimize({ signal }: BackendCall): Promise<void> {
    await this.#file.read(() => this.enter(), signal)
    await optimizeTables(this.#file, this.#tables, this.#number, signal)
  }

  close(): void {
    this.#file.close()
  }

  /** The index as it is now: another process may have put another in place. */
  enter(): IndexEntry {
    const entry = readEntry(this.#file, this.#options.name, this.#options.successor)
    if (entry.number !== this.#number) {
      readManifest(this.#file, entry.number, this.#definition)
      this.#tables = indexTables(this.#definition.schema, entry.number)
      // Coders that have met no word yet are right about every index.
      this.#purges = this.#number === 0 ? entry.purges : -1
      this.#number = entry.number
    }
    return entry
  }

  #read<Result>(
    work: (search: SqliteSearch) => Result,
    isExplained: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    return this.#file.read(() => {
      const entry = this.enter()
      const search = startSearch(this.#file, this.#tables, entry, isExplained)
      try {
        return work(search)
      } finally {
        search.end()
      }
    }, signal)
  }

  #write(
    entry: IndexEntry,
    {
      remove,
      documents,
      words,
    }: {
      remove: BackendWrite['remove']
      documents: Awaited<ReturnType<typeof codeDocuments>>
      words: Parameters<ReturnType<typeof documentWriter>['addWords']>[0]
    },
  ): number {
    const writer = documentWriter(this.#file, this.#tables)
    const known = documents.map(({ id }) => writer.numberOf(id))
    const kept = new Set(known)
    const gone = remove === undefined ? [] : this.#numbersOf(entry, remove).filter((number) => !kept.has(number))
    for (const number of gone) writer.remove(number)
    for (const [at, document] of documents.entries()) writer.put(document, known[at])
    writer.addWords(words)
    const replaced = known.filter((number) => number !== undefined).length
    const sql = 'UPDATE search_indexes SET documents = documents + ? WHERE number = ?'
    this.#file.run(sql, documents.length - replaced - gone.length, entry.number)
    mergeSome(this.#file, this.#tables, gone.length + replaced)
    return gone.length
  }

  #numbersOf(entry: IndexEntry, remove: NonNullable<BackendWrite['remove']>): number[] {
    const search = startSearch(this.#file, this.#tables, entry, false)
    try {
      const { sql, parameters } = compileFilter(search, remove, { number: 'd.number', lookup: 'set' })
      const rows = search.all(`SELECT d.number FROM ${this.#tables.documents} d WHERE ${sql}`, ...parameters)
      return rows.map(([number]) => number as number)
    } finally {
      search.end()
    }
  }

  #forgetWords(): void {
    for (const coder of this.#coders) coder.forget()
  }
}
