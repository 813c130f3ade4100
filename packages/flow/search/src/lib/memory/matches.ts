/** Documents that match, with their scores. */
export interface Matches {
  /** In no particular order. */
  readonly documents: Uint32Array
  /** By document number; `undefined`: all are 0. */
  readonly scores: Float64Array | ReadonlyMap<number, number> | undefined
  /** How many documents were scored. */
  readonly visited: number
}
