/** Classes of characters as bits, so that a set of classes is one number. `none` marks the end of the text. */
export const none = 0
export const upper = 1
export const lower = 2
/** Letters without case, and modifiers: `\p{Lo}`, `\p{Lm}`. */
export const caseless = 4
export const mark = 8
export const digit = 16
export const space = 32
export const newline = 64
export const other = 128

export const letter = upper | lower | caseless

/** Never part of UTF-8: stands behind the last byte of a text. */
export const endByte = 0xff

const blockSize = 256

/** By code point, filled block by block as texts need it: 0 is not known yet. */
const classes = new Uint8Array(0x110000)

function classify(character: string): number {
  if (/[\p{Lu}\p{Lt}]/u.test(character)) return upper
  if (/\p{Ll}/u.test(character)) return lower
  if (/\p{L}/u.test(character)) return caseless
  if (/\p{M}/u.test(character)) return mark
  if (/\p{N}/u.test(character)) return digit
  if (/[\r\n]/.test(character)) return newline
  if (/\s/.test(character)) return space
  return other
}

function fillBlock(codePoint: number): number {
  const start = codePoint - (codePoint % blockSize)
  const characters = Array.from({ length: blockSize }, (_, index) => String.fromCodePoint(start + index))
  // Most blocks of Chinese and Korean are of one class: one test instead of 256.
  if (/^\p{Lo}+$/u.test(characters.join(''))) classes.fill(caseless, start, start + blockSize)
  else for (const [index, character] of characters.entries()) classes[start + index] = classify(character)
  return classes[codePoint]!
}

fillBlock(0)

/** Classes by byte: of ASCII characters, and `none` for the bytes of longer ones and the end. */
const byteClasses = new Uint8Array(256)
byteClasses.set(classes.subarray(0, 128))

/** The class of the character of more than one byte at `position`. */
function longClassAt(bytes: Uint8Array, position: number): number {
  const lead = bytes[position]!
  if (lead === endByte) return none
  let codePoint = bytes[position + 1]! & 0x3f
  if (lead < 0xe0) codePoint |= (lead & 0x1f) << 6
  else {
    codePoint = (codePoint << 6) | (bytes[position + 2]! & 0x3f)
    if (lead < 0xf0) codePoint |= (lead & 0x0f) << 12
    else codePoint = ((lead & 0x07) << 18) | (codePoint << 6) | (bytes[position + 3]! & 0x3f)
  }
  const known = classes[codePoint]!
  return known === none ? fillBlock(codePoint) : known
}

/** The class of the character that begins at `position`, `none` at the end. */
export function classAt(bytes: Uint8Array, position: number): number {
  const byte = bytes[position]!
  return byte < 0x80 ? byteClasses[byte]! : longClassAt(bytes, position)
}

/** Where the character ends that begins at `position`. */
export function endOfCharacter(bytes: Uint8Array, position: number): number {
  const lead = bytes[position]!
  if (lead < 0x80) return position + 1
  if (lead < 0xe0) return position + 2
  return lead < 0xf0 ? position + 3 : position + 4
}

/** The first position, from `position` on, of a character whose class is not in `set`. */
export function endOfRun(bytes: Uint8Array, position: number, set: number): number {
  for (;;) {
    while ((byteClasses[bytes[position]!]! & set) !== 0) position++
    if (bytes[position]! < 0x80 || (longClassAt(bytes, position) & set) === 0) return position
    position = endOfCharacter(bytes, position)
  }
}
