/** The best of the documents offered, at most `limit`: a heap with the worst of them on top. */
export class TopHits {
  readonly #limit: number
  readonly #compare: (left: number, right: number) => number
  readonly #documents: number[] = []

  /** @param compare Below 0 if the left document is the better one; 0 only for one and the same. */
  constructor(limit: number, compare: (left: number, right: number) => number) {
    this.#limit = limit
    this.#compare = compare
  }

  /** The worst of the documents, once there are `limit` of them: none that is worse is taken. */
  get worst(): number | undefined {
    return this.#documents.length < this.#limit ? undefined : this.#documents[0]
  }

  offer(document: number): void {
    if (this.#documents.length < this.#limit) this.#rise(this.#documents.length, document)
    else if (this.#limit > 0 && this.#compare(document, this.#documents[0] as number) < 0) this.#sink(document)
  }

  /** Best first. */
  ranked(): number[] {
    return this.#documents.toSorted(this.#compare)
  }

  /** Puts a document in at the bottom, and up to below a worse one. */
  #rise(from: number, document: number): void {
    let at = from
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (this.#compare(this.#documents[parent] as number, document) > 0) break
      this.#documents[at] = this.#documents[parent] as number
      at = parent
    }
    this.#documents[at] = document
  }

  /** Puts a document in at the top in place of the one there, and down to above better ones. */
  #sink(document: number): void {
    let at = 0
    while (true) {
      const child = this.#worseChild(at)
      if (child === undefined || this.#compare(this.#documents[child] as number, document) < 0) break
      this.#documents[at] = this.#documents[child] as number
      at = child
    }
    this.#documents[at] = document
  }

  #worseChild(parent: number): number | undefined {
    const left = 2 * parent + 1
    const right = left + 1
    if (left >= this.#documents.length) return undefined
    if (right >= this.#documents.length) return left
    return this.#compare(this.#documents[right] as number, this.#documents[left] as number) > 0 ? right : left
  }
}
