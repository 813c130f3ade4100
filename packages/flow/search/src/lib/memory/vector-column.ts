import type { CheckedVectorField } from '../checked-schema.ts'
import type { Bitset } from './bitset.ts'
import { enlarge } from './enlarge.ts'

const none = -1

/** The vectors of a field, one after another, and which document has which. */
export class VectorColumn {
  readonly field: CheckedVectorField
  /** By document: its row, or -1. */
  #rows = new Int32Array(0)
  #documents = 0
  /** By row: the document, the vector, and 1 / its length. */
  #owners = new Uint32Array(0)
  #numbers = new Float32Array(0)
  #inverses = new Float64Array(0)
  #count = 0

  constructor(field: CheckedVectorField) {
    this.field = field
  }

  get byteLength(): number {
    return this.#rows.byteLength + this.#owners.byteLength + this.#numbers.byteLength + this.#inverses.byteLength
  }

  /** How many vectors there are, also those of removed documents. */
  get count(): number {
    return this.#count
  }

  /** How many documents were added. */
  get length(): number {
    return this.#documents
  }

  /** Adds the vector of the next document, if it has one. */
  add(vector: Float32Array | undefined): void {
    const document = this.#documents++
    if (document >= this.#rows.length) this.#rows = enlarge(this.#rows, document + 1)
    if (vector === undefined) {
      this.#rows[document] = none
      return
    }
    const row = this.#count++
    const { dimensions } = this.field
    if (row >= this.#owners.length) {
      this.#owners = enlarge(this.#owners, row + 1)
      this.#inverses = enlarge(this.#inverses, this.#owners.length)
      this.#numbers = enlarge(this.#numbers, this.#owners.length * dimensions)
    }
    this.#rows[document] = row
    this.#owners[row] = document
    this.#numbers.set(vector, row * dimensions)
    this.#inverses[row] = 1 / Math.sqrt(dot(vector, 0, vector, dimensions))
  }

  has(document: number): boolean {
    return this.#rows[document] !== none
  }

  ownerOf(row: number): number {
    return this.#owners[row] as number
  }

  /** A view of the vector of a row, not to be changed. */
  vectorOf(row: number): Float32Array {
    const { dimensions } = this.field
    return this.#numbers.subarray(row * dimensions, (row + 1) * dimensions)
  }

  /** A view of the vectors of some rows, one after another, not to be changed. */
  vectorsOf(from: number, to: number): Float32Array {
    const { dimensions } = this.field
    return this.#numbers.subarray(from * dimensions, to * dimensions)
  }

  /** The vectors of some rows as a graph compares them, by their scalar products: where directions count, of length 1. */
  comparable(from: number, to: number): Float32Array {
    const vectors = this.vectorsOf(from, to)
    if (this.field.metric === 'dot') return vectors
    const { dimensions } = this.field
    return vectors.map((number, at) => number * (this.#inverses[from + Math.floor(at / dimensions)] as number))
  }

  /** A vector of a query, for comparing with those of `comparable`. */
  comparableQuery(vector: Float32Array): Float32Array {
    const { dimensions, metric } = this.field
    if (metric === 'dot') return vector
    const inverse = 1 / Math.sqrt(dot(vector, 0, vector, dimensions))
    return vector.map((number) => number * inverse)
  }

  /** A copy of the vector of a document. */
  valueOf(document: number): Float32Array | undefined {
    const row = this.#rows[document] as number
    return row === none ? undefined : this.vectorOf(row).slice()
  }

  /** Adds to a set the documents that have a vector. */
  collect(into: Bitset): void {
    for (let row = 0; row < this.#count; row += 1) into.add(this.#owners[row] as number)
  }

  /** A function that compares a row with a vector: the cosine, or the scalar product. */
  comparer(vector: Float32Array): (row: number) => number {
    const { dimensions, metric } = this.field
    const numbers = this.#numbers
    if (metric === 'dot') return (row) => dot(numbers, row * dimensions, vector, dimensions)
    const inverse = 1 / Math.sqrt(dot(vector, 0, vector, dimensions))
    const inverses = this.#inverses
    return (row) => {
      const cosine = dot(numbers, row * dimensions, vector, dimensions) * inverse * (inverses[row] as number)
      return Math.max(-1, Math.min(1, cosine))
    }
  }
}

/** Four sums side by side: the processor adds them at once. */
function dot(numbers: Float32Array, start: number, vector: Float32Array, dimensions: number): number {
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  let at = 0
  for (; at + 3 < dimensions; at += 4) {
    first += (numbers[start + at] as number) * (vector[at] as number)
    second += (numbers[start + at + 1] as number) * (vector[at + 1] as number)
    third += (numbers[start + at + 2] as number) * (vector[at + 2] as number)
    fourth += (numbers[start + at + 3] as number) * (vector[at + 3] as number)
  }
  for (; at < dimensions; at += 1) first += (numbers[start + at] as number) * (vector[at] as number)
  return first + second + third + fourth
}
