/** What a character is to `splitWords`. Numbers, because one is looked up per character of the text. */
export const kinds = { other: 1, lower: 2, upper: 3, number: 4, mark: 5, unspaced: 6 } as const
export type CharacterKind = (typeof kinds)[keyof typeof kinds]

const patterns: readonly (readonly [RegExp, CharacterKind])[] = [
  [/[\p{M}\u00ad\u200c\u200d]/u, kinds.mark],
  [/\p{N}/u, kinds.number],
  [/\P{L}/u, kinds.other],
  [
    /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u,
    kinds.unspaced,
  ],
  [/[\p{Lu}\p{Lt}]/u, kinds.upper],
]

/** Filled as characters are met; 0 is a character not met yet. */
const known = new Uint8Array(0x10000)

/** The kind of a character of one unit, if it was met before; else 0. */
export function knownKind(unit: number): number {
  return known[unit] as number
}

/** The kind of the character at an index; a character that takes two units is asked for by its first. */
export function kindAt(text: string, index: number): CharacterKind {
  const unit = text.charCodeAt(index)
  const kind = known[unit] as CharacterKind | 0
  if (kind !== 0) return kind
  const code = text.codePointAt(index) as number
  const found = classify(String.fromCodePoint(code))
  // A first surrogate stands for many characters: only those of one unit are remembered.
  if ((unit & 0xf800) !== 0xd800) known[unit] = found
  return found
}

function classify(character: string): CharacterKind {
  return patterns.find(([pattern]) => pattern.test(character))?.[1] ?? kinds.lower
}

/** How many units the character at an index takes: 1 or 2. */
export function widthAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  return (unit & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00 ? 2 : 1
}
