import { InvalidJsonStreamError } from './invalid-json-stream-error.ts'

/** A part of a text that holds whole characters. */
export interface Utf8Part {
  readonly bytes: Uint8Array
  readonly text: string
  /** Where it begins, in bytes from the start of the text. */
  readonly offset: number
}

/** Cuts bytes that come in pieces between characters, and refuses what is not UTF-8. */
export interface Utf8Splitter {
  /** How many bytes were given out. */
  readonly offset: number
  /** What there is up to the last whole character: `undefined` if not yet one. */
  readonly push: (piece: Uint8Array, last?: boolean) => Utf8Part | undefined
}

const longestMark = 3

export function createUtf8Splitter(): Utf8Splitter {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let held = new Uint8Array(0)
  let offset = 0

  return {
    get offset() {
      return offset
    },
    push(piece, last = false) {
      const all = held.length === 0 ? piece : joined(held, piece)
      // A byte order mark is given out in one part.
      const wait = !last && offset === 0 && all.length < longestMark
      const whole = wait ? 0 : last ? all.length : all.length - cutLength(all)
      held = new Uint8Array(all.subarray(whole))
      if (whole === 0) return undefined
      const bytes = all.subarray(0, whole)
      const part = { bytes, text: decode(bytes), offset }
      offset += whole
      return part
    },
  }

  function decode(bytes: Uint8Array): string {
    try {
      return decoder.decode(bytes)
    } catch {
      throw new InvalidJsonStreamError(offset + validLength(bytes), 'UTF-8', 'other bytes')
    }
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}

/** How many bytes at the end belong to a character that goes on. */
function cutLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) ? back : 0
  }
  return 0
}

/** How many bytes at the start are UTF-8, by halving. */
function validLength(bytes: Uint8Array): number {
  let valid = 0
  let invalid = bytes.length
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1
    if (isStartOfUtf8(bytes.subarray(0, middle))) valid = middle
    else invalid = middle
  }
  return valid
}

function isStartOfUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
