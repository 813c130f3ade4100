const surrogate = /[\uD800-\uDFFF]/

/** How many code points a text has, as Ruby counts characters. */
export function codePointLength(text: string): number {
  if (!surrogate.test(text)) return text.length
  let length = 0
  for (let index = 0; index < text.length; index += unitsAt(text, index)) length++
  return length
}

/** The part of a text from one code point to another, the end not included. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  if (!surrogate.test(text)) return text.slice(start, end)
  let index = 0
  let count = 0
  for (; index < text.length && count < start; count++) index += unitsAt(text, index)
  const begin = index
  for (; index < text.length && count < end; count++) index += unitsAt(text, index)
  return text.slice(begin, index)
}

/** The first code point of a text. */
export function firstCodePoint(text: string): string {
  return text.slice(0, unitsAt(text, 0))
}

/** The last code point of a text. */
export function lastCodePoint(text: string): string {
  const before = text.codePointAt(text.length - 2)
  return text.slice(before !== undefined && before > 0xffff ? -2 : -1)
}

function unitsAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1
}
