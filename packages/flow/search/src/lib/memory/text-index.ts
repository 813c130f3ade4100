import type { Analyzer } from '@empire/analyzer'
import type { CheckedTextField } from '../checked-schema.ts'
import type { DocumentTable } from './document-table.ts'
import { Postings } from './postings.ts'
import { TokenStream } from './token-stream.ts'
import { notIndexed, Vocabulary } from './vocabulary.ts'
import { WordList } from './word-list.ts'

/** The terms of documents, where they occur, and in which order. */
export class TextIndex {
  readonly fields: readonly CheckedTextField[]
  /** The distinct analyzers of the fields. */
  readonly analyzers: readonly Analyzer[]
  /** By field: the number of its analyzer. */
  readonly analyzerOf: readonly number[]
  readonly documents: DocumentTable
  readonly postings: Postings
  readonly stream: TokenStream
  vocabulary: Vocabulary
  /** By analyzer. */
  words: readonly WordList[]

  constructor(fields: readonly CheckedTextField[], documents: DocumentTable) {
    this.fields = fields
    this.analyzers = [...new Set(fields.map(({ analyzer }) => analyzer))]
    this.analyzerOf = fields.map(({ analyzer }) => this.analyzers.indexOf(analyzer))
    this.documents = documents
    this.postings = new Postings(documents.fieldBits)
    this.stream = new TokenStream()
    this.vocabulary = new Vocabulary(this.analyzers)
    this.words = this.#listWords()
  }

  /** Takes the vocabulary of another index, whose postings were copied under its numbers. */
  adopt(vocabulary: Vocabulary): void {
    this.vocabulary = vocabulary
    this.words = this.#listWords()
  }

  /** Adds the texts of a field. Documents, and the fields of one, must come in ascending order. */
  add(document: number, field: number, texts: readonly string[]): void {
    const { documents, stream } = this
    const analyzer = this.analyzerOf[field] as number
    const { bounds, tokens } = this.analyzers[analyzer] as Analyzer
    const key = ((document << documents.fieldBits) | field) >>> 0
    let length = 0
    for (const [at, text] of texts.entries()) {
      if (at > 0) stream.addBoundary()
      if (bounds === undefined) {
        for (const token of tokens.call(this.analyzers[analyzer], text)) {
          length += this.#addToken(key, analyzer, token, 0, token.length)
        }
        continue
      }
      const edges = bounds.call(this.analyzers[analyzer], text)
      for (let edge = 0; edge < edges.length; edge += 2) {
        length += this.#addToken(key, analyzer, text, edges[edge] as number, edges[edge + 1] as number)
      }
    }
    stream.endRun(key)
    documents.setLength(document, field, length)
  }

  /** How many documents have a term. */
  documentCount(term: number): number {
    const { documents, postings } = this
    return postings.documentCount(term, documents.removals, (number) => documents.isLive(number))
  }

  /** Adds the token at a place of a text, and gives how many terms that are. */
  #addToken(key: number, analyzer: number, text: string, start: number, end: number): 0 | 1 {
    const term = this.vocabulary.intern(text, start, end, analyzer)
    if (term === notIndexed) {
      this.stream.addGap()
      return 0
    }
    this.postings.add(term, key)
    this.stream.addTerm(term)
    return 1
  }

  #listWords(): WordList[] {
    return this.analyzers.map((analyzer, at) => new WordList(analyzer, this.vocabulary, at))
  }
}
