/** The tokens of a piece of text. */
export type Merge = (piece: string) => number[]

/** The text of tokens, U+FFFD for bytes that are no character. */
export type Decode = (tokens: readonly number[]) => string

/** Tokens that together are whole characters, and how many UTF-16 code units those are. */
interface Group {
  readonly tokens: readonly number[]
  readonly length: number
}

/** UTF-16 code units of a window, beside what it repeats. */
const smallest = 16

/**
 * The tokens that `merge` would give for a long piece, though it takes time by the square of the length.
 *
 * Tokens are what merging gives if any two neighbours are: no merge has crossed the border between them, and so none
 * does in the whole. So the piece is merged in windows. Each begins with the last group that was accepted, and must find
 * the same tokens there again; then the border behind it is one of the whole. Else that border was an accident of where
 * a window ended: it is given up, and windows get longer.
 */
export function mergeLongPiece(piece: string, merge: Merge, decode: Decode): number[] {
  const accepted: Group[] = []
  // What takes long is one thing again and again more often than not.
  const seen = new Map<string, readonly Group[]>()
  let size = smallest
  // Where a window was too short. Windows stay long until that place is passed: so none is tried twice.
  let hurdle = -1
  for (let position = 0; position < piece.length;) {
    const last = accepted.at(-1)
    const start = position - (last?.length ?? 0)
    const end = Math.min(piece.length, boundaryFrom(piece, position + size))
    const window = piece.slice(start, end)
    const groups = seen.get(window) ?? groupTokens(window, merge, decode)
    seen.set(window, groups)
    if (last !== undefined && !hasTokens(groups[0], last.tokens)) {
      hurdle = Math.max(hurdle, position)
      size *= 2
      accepted.pop()
      position = start
      continue
    }
    // What is near the end of the window may look different when more follows.
    const trusted = end === piece.length ? end : position + size / 2
    const before = position
    for (const group of last === undefined ? groups : groups.slice(1)) {
      if (position + group.length > trusted) break
      accepted.push(group)
      position += group.length
    }
    if (position === before) {
      hurdle = Math.max(hurdle, position)
      size *= 2
    } else if (position > hurdle) size = smallest
  }
  return accepted.flatMap(({ tokens }) => tokens)
}

function groupTokens(window: string, merge: Merge, decode: Decode): Group[] {
  const text = window.toWellFormed()
  const tokens = merge(window)
  const groups: Group[] = []
  let start = 0
  let first = 0
  for (let next = 1; next <= tokens.length; next++) {
    const group = tokens.slice(first, next)
    const decoded = decode(group)
    // Half a character is U+FFFD on both sides of the cut: together they are longer than what they were cut from.
    const isWhole = text.startsWith(decoded, start) && decoded + decode(tokens.slice(next)) === text.slice(start)
    if (!isWhole) continue
    groups.push({ tokens: group, length: decoded.length })
    start += decoded.length
    first = next
  }
  return groups
}

function hasTokens(group: Group | undefined, tokens: readonly number[]): boolean {
  return group?.tokens.length === tokens.length && group.tokens.every((token, index) => token === tokens[index])
}

/** `index`, or one more if that is between the halves of a surrogate pair. */
function boundaryFrom(piece: string, index: number): number {
  return (piece.codePointAt(index - 1) ?? 0) > 0xffff ? index + 1 : index
}
