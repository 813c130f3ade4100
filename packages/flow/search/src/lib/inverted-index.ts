import type { Analyzer } from '@empire/analyzer'
import { DocumentTable } from './document-table.ts'
import type { Field } from './fields.ts'
import { Postings } from './postings.ts'
import type { ReadDocument } from './read-document.ts'
import { notIndexed, Vocabulary } from './vocabulary.ts'

/** Documents, their terms, and where the terms occur. */
export class InvertedIndex {
  readonly fields: readonly Field[]
  documents: DocumentTable
  postings: Postings
  readonly vocabulary: Vocabulary
  readonly #analyzer: Analyzer

  constructor(fields: readonly Field[], analyzer: Analyzer) {
    this.fields = fields
    this.documents = new DocumentTable(fields.length)
    this.postings = new Postings(this.documents.fieldBits)
    this.vocabulary = new Vocabulary(analyzer)
    this.#analyzer = analyzer
  }

  /** Adds all documents or, if the analyzer throws, none. */
  add(documents: readonly ReadDocument[]): void {
    const first = this.documents.nextNumber
    try {
      for (const document of documents) this.#index(document)
    } catch (error) {
      for (let number = first; number < this.documents.nextNumber; number += 1) this.documents.discard(number)
      this.#compactIfSparse()
      throw error
    }
    for (let number = first; number < this.documents.nextNumber; number += 1) this.documents.publish(number)
    this.#compactIfSparse()
  }

  /** Removes the documents that are there, and says how many. */
  remove(ids: readonly string[]): number {
    const removed = ids.filter((id) => this.documents.remove(id)).length
    this.#compactIfSparse()
    return removed
  }

  /** How many documents have a term. */
  documentCount(term: number): number {
    const { documents, postings } = this
    return postings.documentCount(term, documents.removals, (number) => documents.isLive(number))
  }

  #index({ id, texts }: ReadDocument): void {
    const { documents, postings, vocabulary } = this
    const number = documents.add(id)
    for (const [field, parts] of texts.entries()) {
      const key = (number << documents.fieldBits) | field
      let length = 0
      for (const text of parts) {
        for (const token of this.#analyzer.tokens(text)) {
          const term = vocabulary.intern(token)
          if (term === notIndexed) continue
          postings.add(term, key)
          length += 1
        }
      }
      documents.setLength(number, field, length)
    }
  }

  /** The work is shared by the removals that made it necessary: at least half as many as there are documents left. */
  #compactIfSparse(): void {
    const { nextNumber, size } = this.documents
    if (nextNumber - size <= size / 2) return
    const compacted = new DocumentTable(this.fields.length)
    const numbers = new Map<number, number>()
    for (let number = 0; number < nextNumber; number += 1) {
      const id = this.documents.idOf(number)
      if (id === undefined) continue
      const renumbered = compacted.add(id)
      compacted.publish(renumbered)
      numbers.set(number, renumbered)
      for (const field of this.fields.keys()) {
        const length = this.documents.lengths[(number << this.documents.fieldBits) | field] as number
        compacted.setLength(renumbered, field, length)
      }
    }
    const { postings, terms } = this.postings.renumbered((number) => numbers.get(number))
    this.documents = compacted
    this.postings = postings
    this.vocabulary.renumber((term) => terms.get(term))
  }
}
