/** The vector that a blob holds. */
export function readVector(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, byteLength } = bytes
  // Views need an even start: a blob of a database has one nearly always.
  if (byteOffset % 4 === 0) return new Float32Array(buffer, byteOffset, byteLength / 4)
  return new Float32Array(bytes.slice().buffer)
}

/** The scalar product, in four sums at a time: they do not wait for one another. */
export function dotProduct(left: Float32Array, right: Float32Array): number {
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  const { length } = left
  const even = length - (length % 4)
  for (let at = 0; at < even; at += 4) {
    first += (left[at] as number) * (right[at] as number)
    second += (left[at + 1] as number) * (right[at + 1] as number)
    third += (left[at + 2] as number) * (right[at + 2] as number)
    fourth += (left[at + 3] as number) * (right[at + 3] as number)
  }
  for (let at = even; at < length; at += 1) first += (left[at] as number) * (right[at] as number)
  return first + second + (third + fourth)
}

/** The length of a vector. */
export function norm(vector: Float32Array): number {
  return Math.sqrt(dotProduct(vector, vector))
}
