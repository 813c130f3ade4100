import type { CheckedRequest } from '../checked-request.ts'
import type { HitExplanation } from '../explanation.ts'
import type {
  BackendCall,
  BackendHit,
  BackendResult,
  BackendWrite,
  IndexStatistics,
  SearchBackend,
  SearchCapabilities,
} from '../search-backend.ts'
import { SearchError } from '../search-error.ts'
import { searchFeatures } from '../search-feature.ts'
import { compactStore } from './compact-store.ts'
import type { Bitset } from './bitset.ts'
import { countFacet } from './count-facets.ts'
import { describeRequest } from './describe-request.ts'
import { explainText, holdings } from './describe-words.ts'
import { evaluateFilter } from './evaluate-filter.ts'
import { matchNearest } from './match-nearest.ts'
import type { Matches } from './matches.ts'
import { MemoryStore } from './memory-store.ts'
import { NeighbourGraphs, type NeighbourGraphsOptions } from './neighbour-graphs.ts'
import { sortPage } from './sort-page.ts'
import { TextMatcher, type TextMatches } from './text-matcher.ts'

const capabilities: SearchCapabilities = Object.freeze({
  backend: 'memory',
  features: searchFeatures,
  atomic: true,
  hybrid: 'fused',
  highlight: 'stored',
})

/** The documents of an index in memory, and all that is done with them. */
export class MemoryBackend implements SearchBackend {
  readonly capabilities = capabilities
  #store: MemoryStore
  #matcher: TextMatcher
  readonly #graphs: NeighbourGraphs
  #isClosed = false
  /** A compaction that began by itself, or a save: writes wait for it, searches do not. */
  #busy: Promise<void> | undefined
  /** What the compaction that began by itself died of, for the next write. */
  #failure: { readonly error: unknown } | undefined

  constructor(store: MemoryStore, options: NeighbourGraphsOptions) {
    this.#store = store
    this.#matcher = new TextMatcher(this.#store.text)
    this.#graphs = new NeighbourGraphs(options)
    this.#graphs.grow(store)
  }

  /** Works with what there is, while writes wait. */
  async hold<Result>(work: (store: MemoryStore) => Promise<Result>): Promise<Result> {
    while (this.#busy !== undefined) await this.#busy
    if (this.#isClosed) throw new SearchError('index_closed', 'The memory index is closed. Open or create it anew.')
    const result = work(this.#store)
    const settled = result.then(ignore, ignore)
    this.#busy = settled
    try {
      return await result
    } finally {
      if (this.#busy === settled) this.#busy = undefined
    }
  }

  write(write: BackendWrite, call: BackendCall): number | Promise<number> {
    if (this.#busy !== undefined) return this.#busy.then(() => this.write(write, call))
    const failure = this.#failure
    this.#failure = undefined
    if (failure !== undefined) throw failure.error
    call.signal?.throwIfAborted()
    const removed = this.#write(write)
    const { nextNumber, size } = this.#store.documents
    // The work is shared by the removals that made it necessary: at least half as many as there are documents left.
    if (nextNumber - size > size / 2) this.#compactByItself()
    else this.#graphs.grow(this.#store)
    return removed
  }

  search(request: CheckedRequest): BackendResult {
    const store = this.#store
    const allowed = request.filter === undefined ? undefined : evaluateFilter(store, request.filter)
    const [matches, isExact] = this.#match(request, allowed)
    try {
      const page = sortPage(store, matches, request)
      const hits = page.documents.map((document) =>
        this.#toHit(request, matches, document, page.sortOf(document), isExact),
      )
      const facets = request.facets.map((facet) => countFacet(store, facet, matches.documents))
      const { visited } = matches
      const explain = request.explain ? { explain: { ...describeRequest(request, !isExact), visited } } : {}
      return { hits, more: page.more, total: matches.documents.length, facets, ...explain }
    } finally {
      this.#matcher.clear()
    }
  }

  statistics(): IndexStatistics {
    const { documents, text } = this.#store
    return {
      documents: documents.size,
      deleted: documents.nextNumber - documents.size,
      terms: text.vocabulary.size,
      bytes: this.#store.byteLength,
    }
  }

  async optimize({ signal }: BackendCall): Promise<void> {
    while (this.#busy !== undefined) await this.#busy
    const { nextNumber, size } = this.#store.documents
    if (nextNumber > size) await this.#compact(signal)
    await this.#graphs.finish(this.#store, signal)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    while (this.#busy !== undefined) await this.#busy
    await this.#graphs.close()
    this.#store = new MemoryStore(this.#store.schema)
    this.#matcher = new TextMatcher(this.#store.text)
  }

  #write({ remove, add }: BackendWrite): number {
    const { documents } = this.#store
    const gone = remove === undefined ? [] : [...evaluateFilter(this.#store, remove).numbers()]
    const added = new Set(add.map(({ id }) => id))
    const removed = gone.filter((number) => !added.has(documents.idOf(number) as string))
    this.#store.add(add)
    this.#store.remove(removed)
    return removed.length
  }

  #compactByItself(): void {
    const done = this.#compact(undefined)
    if (done === undefined) return this.#graphs.grow(this.#store)
    this.#busy = done
      .catch((error: unknown) => {
        this.#failure = { error }
      })
      .finally(() => {
        this.#busy = undefined
        this.#graphs.grow(this.#store)
      })
  }

  /** Puts a copy without the removed documents in place. A small one is made at once. */
  #compact(signal: AbortSignal | undefined): Promise<void> | undefined {
    const copied = compactStore(this.#store, signal)
    const swap = (store: MemoryStore): void => {
      this.#store = store
      this.#matcher = new TextMatcher(store.text)
    }
    if (copied instanceof Promise) return copied.then(swap)
    swap(copied)
    return undefined
  }

  #match({ query }: CheckedRequest, allowed: Bitset | undefined): [Matches & Partial<TextMatches>, isExact: boolean] {
    const store = this.#store
    if (query?.type === 'text') return [this.#matcher.match(query, allowed), true]
    if (query?.type === 'nearest') {
      const candidates = this.#graphs.candidates(store, query, allowed?.size)
      const matches = matchNearest(store, query, allowed, candidates)
      if (candidates === undefined || matches.documents.length >= query.k) return [matches, candidates === undefined]
      // The filter, or removals, left too few of the candidates.
      return [matchNearest(store, query, allowed, undefined), true]
    }
    const documents = (allowed ?? store.documents.live).numbers()
    return [{ documents, scores: undefined, visited: 0 }, true]
  }

  #toHit(
    request: CheckedRequest,
    matches: Matches & Partial<TextMatches>,
    document: number,
    sort: BackendHit['sort'],
    isExact: boolean,
  ): BackendHit {
    const { scores, words } = matches
    const score = scores === undefined ? 0 : scores instanceof Float64Array ? scores[document] : scores.get(document)
    const explain = request.explain ? { explain: this.#explain(request, matches, document, score ?? 0, isExact) } : {}
    return {
      id: this.#store.documents.idOf(document) as string,
      score: score ?? 0,
      sort,
      ...(words === undefined ? {} : holdings(this.#matcher, words, document)),
      values: request.fields.map((field) => this.#store.valuesOf(field, document)),
      ...explain,
    }
  }

  #explain(
    { query }: CheckedRequest,
    { words }: Partial<TextMatches>,
    document: number,
    score: number,
    exact: boolean,
  ): HitExplanation {
    if (words !== undefined) return { ...explainText(this.#store.text, this.#matcher, words, document), score }
    if (query?.type !== 'nearest') return { type: 'filter', score: 0 }
    return { type: 'vector', score, field: query.field.name, metric: query.field.metric, exact }
  }
}

function ignore(): void {}
