/** One line of a text in bytes, without its end. */
export interface Line {
  /** Where it begins, in bytes from the start of the text. */
  readonly offset: number
  /** `undefined` for a line that is too long. */
  readonly bytes: Uint8Array | undefined
}

/** Finds the lines of a text that comes in pieces. A line that is too long is not kept. */
export interface LineSplitter {
  readonly push: (piece: Uint8Array) => Iterable<Line>
  readonly end: () => Iterable<Line>
}

const feed = 0x0a

export function createLineSplitter(maxBytes: number): LineSplitter {
  /** What earlier pieces hold of the line at hand. */
  let parts: Uint8Array[] = []
  let held = 0
  let offset = 0

  function take(part: Uint8Array): Line {
    const length = held + part.length
    const line = { offset, bytes: length > maxBytes ? undefined : joined(parts, part, length) }
    parts = []
    held = 0
    offset += length
    return line
  }

  return {
    *push(piece) {
      let start = 0
      for (let end = piece.indexOf(feed); end !== -1; end = piece.indexOf(feed, start)) {
        yield take(piece.subarray(start, end))
        offset++
        start = end + 1
      }
      const rest = piece.subarray(start)
      held += rest.length
      if (held > maxBytes) parts = []
      // A copy: whoever gave the piece may fill it anew.
      else if (rest.length > 0) parts.push(rest.slice())
    },
    *end() {
      if (held > 0) yield take(new Uint8Array(0))
    },
  }
}

function joined(parts: readonly Uint8Array[], last: Uint8Array, length: number): Uint8Array {
  if (parts.length === 0) return last
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of [...parts, last]) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
