// Code units that the scanner branches on. Module constants, because the engine folds them into the comparisons.
export const tab = 0x09
export const lineFeed = 0x0a
export const carriageReturn = 0x0d
export const space = 0x20
export const doubleQuote = 0x22
export const hash = 0x23
export const singleQuote = 0x27
export const openParenthesis = 0x28
export const closeParenthesis = 0x29
export const asterisk = 0x2a
export const plus = 0x2b
export const comma = 0x2c
export const minus = 0x2d
export const dot = 0x2e
export const slash = 0x2f
export const colon = 0x3a
export const semicolon = 0x3b
export const lessThan = 0x3c
export const equals = 0x3d
export const greaterThan = 0x3e
export const openBracket = 0x5b
export const backslash = 0x5c
export const closeBracket = 0x5d
export const backtick = 0x60
export const openBrace = 0x7b
export const bar = 0x7c
export const closeBrace = 0x7d
export const tilde = 0x7e
export const ellipsis = 0x2026

/** Of no character: what `charCodeAt` behind the end is compared as. */
export const none = -1

export function isJsonSpace(code: number): boolean {
  return code === space || code === lineFeed || code === carriageReturn || code === tab
}

/** White space that JSON does not know: no-break spaces, the typographic ones, byte order marks, form feeds. */
export function isForeignSpace(code: number): boolean {
  if (code < 0x80) return code === 0x0b || code === 0x0c
  return (
    code === 0xa0 ||
    code === 0x85 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  )
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Letters of any script, `_` and `$`: what may begin a name. */
export function isLetter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    code === 0x24 ||
    (code >= 0xaa && !isForeignSpace(code) && quoteFamily(code) === 0 && code !== ellipsis)
  )
}

export function isCloser(code: number): boolean {
  return code === closeBrace || code === closeBracket || code === closeParenthesis
}

/**
 * Which quotation mark a code unit is: 0 none, 1 `"`, 2 `'`, 3 a backtick, 4 a typographic double one, 5 a typographic
 * single one.
 */
export function quoteFamily(code: number): number {
  if (code === doubleQuote) return 1
  if (code === singleQuote) return 2
  if (code === backtick) return 3
  if (code < 0xab) return 0
  if ((code >= 0x201c && code <= 0x201f) || code === 0xab || code === 0xbb || code === 0x2033) return 4
  if ((code >= 0x2018 && code <= 0x201b) || code === 0xb4 || code === 0x2032) return 5
  return 0
}

/** Whether a string that one family opened can be closed by this code unit. */
export function closesQuote(family: number, code: number): boolean {
  if (family === 1) return code === doubleQuote
  if (family === 2) return code === singleQuote
  if (family === 3) return code === backtick || code === 0xb4
  const own = quoteFamily(code)
  if (family === 4) return own === 4 || own === 1
  return own === 5 || own === 2 || own === 3
}
