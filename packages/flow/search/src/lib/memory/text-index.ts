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
    const { documents, postings, stream, vocabulary } = this
    const analyzer = this.analyzerOf[field] as number
    const { tokens } = this.analyzers[analyzer] as Analyzer
    const key = ((document << documents.fieldBits) | field) >>> 0
    let length = 0
    for (const [at, text] of texts.entries()) {
      if (at > 0) stream.addBoundary()
      for (const token of tokens.call(this.analyzers[analyzer], text)) {
        const term = vocabulary.intern(token, analyzer)
        if (term === notIndexed) {
          stream.addGap()
          continue
        }
        postings.add(term, key)
        stream.addTerm(term)
        length += 1
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

  #listWords(): WordList[] {
    return this.analyzers.map((analyzer, at) => new WordList(analyzer, this.vocabulary, at))
  }
}
