type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

/** The same numbers with room for at least `length`, zeros after them. The array given must not be used again. */
export function enlarge<Kind extends Numbers>(array: Kind, length: number): Kind {
  const room = Math.max(length, Math.ceil(array.length * 1.0625), 16)
  const Constructor = array.constructor as new (buffer: ArrayBuffer) => Kind
  return new Constructor(array.buffer.transfer(room * array.BYTES_PER_ELEMENT))
}
