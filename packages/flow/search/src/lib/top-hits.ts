/** The best of the documents seen so far, at most `limit`: a heap with the worst of them on top. */
export class TopHits {
  readonly #limit: number
  readonly #documents: number[] = []
  readonly #scores: number[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  offer(document: number, score: number): void {
    if (this.#documents.length < this.#limit) {
      this.#documents.push(document)
      this.#scores.push(score)
      this.#rise(this.#documents.length - 1)
    } else if (this.#limit > 0 && this.#isWorse(0, document, score)) {
      this.#documents[0] = document
      this.#scores[0] = score
      this.#sink(0)
    }
  }

  /** Best first; equal scores by document number. */
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

  #rise(from: number): void {
    const document = this.#documents[from] as number
    const score = this.#scores[from] as number
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#isWorse(parent, document, score)) break
      this.#move(parent, at)
      at = parent
    }
    this.#put(at, document, score)
  }

  #sink(from: number): void {
    const document = this.#documents[from] as number
    const score = this.#scores[from] as number
    const length = this.#documents.length
    let at = from
    for (let child = 2 * at + 1; child < length; child = 2 * at + 1) {
      const right = child + 1
      const worst =
        right < length && this.#isWorse(right, this.#documents[child] as number, this.#scores[child] as number)
          ? right
          : child
      if (!this.#isWorse(worst, document, score)) break
      this.#move(worst, at)
      at = worst
    }
    this.#put(at, document, score)
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#documents[from] as number, this.#scores[from] as number)
  }

  #put(at: number, document: number, score: number): void {
    this.#documents[at] = document
    this.#scores[at] = score
  }
}
