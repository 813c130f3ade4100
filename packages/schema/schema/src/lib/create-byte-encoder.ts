const encoder = new TextEncoder()

/** Turns text in pieces into bytes of UTF-8, also where a piece ends within a character. Bytes pass as they are. */
export interface ByteEncoder {
  readonly encode: (piece: string | Uint8Array) => Uint8Array
  /** What was held back, at the end of the text. */
  readonly end: () => Uint8Array
}

export function createByteEncoder(): ByteEncoder {
  /** The first half of a surrogate pair. */
  let held = ''

  function end(): Uint8Array {
    const bytes = encoder.encode(held)
    held = ''
    return bytes
  }

  return {
    end,
    encode(piece) {
      if (typeof piece !== 'string') return held === '' ? piece : joined(end(), piece)
      const text = held + piece
      held = endsInHalf(text) ? text.slice(-1) : ''
      return encoder.encode(held === '' ? text : text.slice(0, -1))
    },
  }
}

function endsInHalf(text: string): boolean {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
