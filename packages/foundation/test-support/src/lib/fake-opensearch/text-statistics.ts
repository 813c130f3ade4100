import type { IndexedDocument } from './parse-document.ts'

interface FieldStatistics {
  /** In how many documents a term is. */
  readonly frequencies: Map<string, number>
  documents: number
  length: number
}

const saturation = 1.2
const lengthPenalty = 0.75

/** What ranking by BM25 knows of the documents. */
export class TextStatistics {
  readonly #fields = new Map<string, FieldStatistics>()
  /** How many documents there are, also removed ones. */
  readonly size: number

  constructor(documents: readonly IndexedDocument[]) {
    this.size = documents.length
    for (const { texts } of documents) {
      for (const [path, { length, positions }] of texts) {
        const field = this.#fields.get(path) ?? { frequencies: new Map<string, number>(), documents: 0, length: 0 }
        this.#fields.set(path, field)
        field.documents += 1
        field.length += length
        for (const term of positions.keys()) field.frequencies.set(term, (field.frequencies.get(term) ?? 0) + 1)
      }
    }
  }

  /** In how many documents a term is in a field. */
  frequency(path: string, term: string): number {
    return this.#fields.get(path)?.frequencies.get(term) ?? 0
  }

  /** How many documents have a field. */
  documents(path: string): number {
    return this.#fields.get(path)?.documents ?? 0
  }

  /** How many terms a field has in all documents, each as often as it is there. */
  length(path: string): number {
    return this.#fields.get(path)?.length ?? 0
  }

  /** The terms of a field. */
  terms(path: string): Iterable<string> {
    return this.#fields.get(path)?.frequencies.keys() ?? []
  }

  /** The score of a term in a document: BM25 as Lucene has it, with k1 = 1.2 and b = 0.75. */
  score(path: string, frequency: number, occurrences: number, length: number | undefined): number {
    const { documents = 0, length: total = 0 } = this.#fields.get(path) ?? {}
    const information = Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
    const penalty =
      length === undefined || total === 0 ? 1 : 1 - lengthPenalty + (lengthPenalty * length * documents) / total
    return information * (occurrences / (occurrences + saturation * penalty))
  }
}
