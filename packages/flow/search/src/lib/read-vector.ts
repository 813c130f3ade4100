import type { CheckedVectorField } from './checked-schema.ts'

/** A vector of a field, or what it must be. */
export function readVector(value: unknown, { dimensions, metric }: CheckedVectorField): Float32Array | string {
  const expected = `an array of ${dimensions} finite numbers`
  if (!Array.isArray(value) && !(value instanceof Float32Array)) return expected
  if (value.length !== dimensions) return `${expected}, not of ${value.length}`
  const vector = new Float32Array(dimensions)
  let squares = 0
  for (let at = 0; at < dimensions; at += 1) {
    const number: unknown = value[at]
    if (typeof number !== 'number' || !Number.isFinite(number)) return expected
    vector[at] = number
    // As it is kept: a number too small for 32 bits is 0 there.
    squares += (vector[at] as number) ** 2
  }
  if (!Number.isFinite(squares)) return `${expected} within the range of 32 bits`
  if (metric === 'cosine' && !(squares > 0)) return `${expected}, not all 0: a vector without a direction has no cosine`
  return vector
}
