/** The best of the documents offered, at most `limit`: a heap with the worst of them on top. */
export class TopHits {
  /** No document with a score below this one is taken. */
  least: number
  readonly #limit: number
  readonly #documents: number[] = []
  readonly #scores: number[] = []

  constructor(limit: number) {
    this.#limit = limit
    this.least = limit === 0 ? Number.POSITIVE_INFINITY : 0
  }

  /** Of equal scores the smaller document number is the better. */
  offer(document: number, score: number): void {
    if (this.#documents.length < this.#limit) this.#rise(this.#documents.length, document, score)
    else if (this.#limit > 0 && this.#isWorse(0, document, score)) this.#sink(document, score)
    if (this.#documents.length === this.#limit) this.least = this.#scores[0] ?? Number.POSITIVE_INFINITY
  }

  /** Best first. */
  ranked(): { document: number; score: number }[] {
    return this.#documents
      .map((document, index) => ({ document, score: this.#scores[index] as number }))
      .toSorted((left, right) => right.score - left.score || left.document - right.document)
  }

  /** Whether what is at an index ranks below a document with a score. */
  #isWorse(index: number, document: number, score: number): boolean {
    const own = this.#scores[index] as number
    return own < score || (own === score && (this.#documents[index] as number) > document)
  }

  /** Puts a document in at the bottom, and up to below a worse one. */
  #rise(from: number, document: number, score: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#isWorse(parent, document, score)) break
      this.#put(at, this.#documents[parent] as number, this.#scores[parent] as number)
      at = parent
    }
    this.#put(at, document, score)
  }

  /** Puts a document in at the top in place of the one there, and down to above better ones. */
  #sink(document: number, score: number): void {
    let at = 0
    while (true) {
      const child = this.#worseChild(at)
      if (child === undefined || !this.#isWorse(child, document, score)) break
      this.#put(at, this.#documents[child] as number, this.#scores[child] as number)
      at = child
    }
    this.#put(at, document, score)
  }

  #worseChild(parent: number): number | undefined {
    const left = 2 * parent + 1
    const right = left + 1
    if (left >= this.#documents.length) return undefined
    if (right >= this.#documents.length) return left
    return this.#isWorse(right, this.#documents[left] as number, this.#scores[left] as number) ? right : left
  }

  #put(at: number, document: number, score: number): void {
    this.#documents[at] = document
    this.#scores[at] = score
  }
}
