// Controls, line and paragraph separators, bidirectional overrides and lone surrogates: what can break a line, move the
// cursor, or show a path as another.
// oxlint-disable-next-line no-control-regex -- they are what this is about
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/gu

/** A text in one line that a terminal shows as it is: anything that would not be seen is escaped as in JavaScript. */
export function printable(text: string): string {
  return text.replace(unprintable, escape)
}

function escape(character: string): string {
  if (character === '\n') return String.raw`\n`
  if (character === '\r') return String.raw`\r`
  if (character === '\t') return String.raw`\t`
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
