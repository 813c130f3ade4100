import type { FakeIndex } from './fake-index.ts'
import type { IndexedDocument } from './parse-document.ts'

/** The score of a document, or `undefined` where it does not match. */
export type Matcher = (document: IndexedDocument) => number | undefined

/** What the clauses of one query share. */
export interface QueryContext {
  readonly index: FakeIndex
  /** Clauses with a `_name`. */
  readonly named: [name: string, matcher: Matcher][]
  /** The ids of documents that a clause ranked by its words. */
  readonly scored: Set<string>
  /** Counts clauses that are not of other ones, which the server bounds. */
  count(clauses: number): void
  /** Compiles a clause within another one. */
  compile(place: string, clause: unknown): Matcher
}
