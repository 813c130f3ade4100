import {
  caseless,
  classAt,
  digit,
  endOfCharacter,
  endOfRun,
  letter,
  lower,
  mark,
  newline,
  none,
  other,
  space,
  upper,
} from './character-class.ts'

/**
 * Where the piece ends that begins at `start`. The text is UTF-8 and followed by `endByte`.
 *
 * Each scanner matches what the regular expression above it matches at `start`, without going back over the text.
 */
export type PieceEnd = (bytes: Uint8Array, start: number) => number

const spaceByte = 0x20
const slashByte = 0x2f

// [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+('s|'t|'re|'ve|'m|'ll|'d in any case)?
// |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*('s|'t|'re|'ve|'m|'ll|'d in any case)?
// |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
export function pieceEndO200k(bytes: Uint8Array, start: number): number {
  const first = classAt(bytes, start)
  if ((first & (letter | mark)) !== 0) return endOfCasedWord(bytes, start)
  if (first === digit) return endOfDigits(bytes, start)
  if ((first & (space | other)) !== 0) {
    const second = endOfCharacter(bytes, start)
    if ((classAt(bytes, second) & (letter | mark)) !== 0) return endOfCasedWord(bytes, second)
    const symbols = first === other ? start : startOfSymbolsAfterSpace(bytes, start)
    if (symbols !== undefined) {
      let end = endOfRun(bytes, symbols, other | mark)
      while (bytes[end] === slashByte || classAt(bytes, end) === newline) end++
      return end
    }
  }
  return endOfSpaces(bytes, start, newline)
}

// ('s|'t|'re|'ve|'m|'ll|'d in any case)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+
// |\s+(?!\S)|\s+
export function pieceEndCl100k(bytes: Uint8Array, start: number): number {
  const contraction = endOfContraction(bytes, start)
  if (contraction > start) return contraction
  const first = classAt(bytes, start)
  if ((first & letter) !== 0) return endOfRun(bytes, start, letter)
  if (first === digit) return endOfDigits(bytes, start)
  if (first !== newline) {
    const second = endOfCharacter(bytes, start)
    if ((classAt(bytes, second) & letter) !== 0) return endOfRun(bytes, second, letter)
    const symbols = first === space ? startOfSymbolsAfterSpace(bytes, start) : start
    if (symbols !== undefined) return endOfRun(bytes, endOfRun(bytes, symbols, other | mark), newline)
  }
  return endOfSpaces(bytes, start, newline)
}

// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
export function pieceEndR50k(bytes: Uint8Array, start: number): number {
  const contraction = endOfContraction(bytes, start)
  if (contraction > start && isLowerCase(bytes, start + 1, contraction)) return contraction
  const word = bytes[start] === spaceByte ? start + 1 : start
  const first = classAt(bytes, word)
  if ((first & letter) !== 0) return endOfRun(bytes, word, letter)
  if (first === digit) return endOfRun(bytes, word, digit)
  if ((first & (other | mark)) !== 0) return endOfRun(bytes, word, other | mark)
  return endOfSpaces(bytes, start, none)
}

/**
 * Capitals, then small letters, then a contraction; caseless letters and marks count as both. If no small letter
 * follows, a caseless one must be the last, else they are capitals alone.
 */
function endOfCasedWord(bytes: Uint8Array, start: number): number {
  let position = start
  let endOfLastCaseless = start
  for (;;) {
    position = endOfRun(bytes, position, upper)
    const run = endOfRun(bytes, position, caseless | mark)
    if (run === position) break
    position = run
    endOfLastCaseless = run
  }
  if (classAt(bytes, position) === lower) {
    return endOfContraction(bytes, endOfRun(bytes, position, lower | caseless | mark))
  }
  return endOfContraction(bytes, endOfLastCaseless > start ? endOfLastCaseless : position)
}

function endOfDigits(bytes: Uint8Array, start: number): number {
  let end = endOfCharacter(bytes, start)
  for (let count = 1; count < 3 && classAt(bytes, end) === digit; count++) end = endOfCharacter(bytes, end)
  return end
}

function startOfSymbolsAfterSpace(bytes: Uint8Array, start: number): number | undefined {
  return bytes[start] === spaceByte && (classAt(bytes, start + 1) & (other | mark)) !== 0 ? start + 1 : undefined
}

/** Up to the last line break, if `breaks` names its class; else all but the last if a word follows, to leave it its space. */
function endOfSpaces(bytes: Uint8Array, start: number, breaks: number): number {
  let end = start
  let last = start
  let endOfLastBreak = start
  for (;;) {
    const found = classAt(bytes, end)
    if ((found & (space | newline)) === 0) {
      if (endOfLastBreak > start) return endOfLastBreak
      return found === none || last === start ? end : last
    }
    last = end
    end = endOfCharacter(bytes, end)
    if ((found & breaks) !== 0) endOfLastBreak = end
  }
}

/** Behind `'s`, `'t`, `'m`, `'d`, `'re`, `'ve` or `'ll` in any case; `start` if there is none. */
function endOfContraction(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== 0x27) return start
  const first = bytes[start + 1]! | 0x20
  if (first === 0x73 || first === 0x74 || first === 0x6d || first === 0x64) return start + 2
  const second = bytes[start + 2]! | 0x20
  if (first === 0x6c && second === 0x6c) return start + 3
  return (first === 0x72 || first === 0x76) && second === 0x65 ? start + 3 : start
}

function isLowerCase(bytes: Uint8Array, start: number, end: number): boolean {
  for (let position = start; position < end; position++) if (bytes[position]! < 0x61) return false
  return true
}
