// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u001F\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60]/gu

const withoutWidth = /\p{Mark}/gu

/** A text on one line, with nothing in it that a terminal would obey. */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\t\r\n]/g, ' ')
    .replaceAll(control, '\uFFFD')
}

/** How many columns of a terminal a visible text takes. */
export function columnsOf(text: string): number {
  const { length } = [...text]
  return length + (text.match(wide)?.length ?? 0) - (text.match(withoutWidth)?.length ?? 0)
}

/** A text of exactly so many columns: filled up with spaces, or cut off with `…`. */
export function fit(text: string, columns: number): string {
  let fitting = text
  if (columnsOf(text) > columns) {
    const characters = [...text].slice(0, columns)
    while (columnsOf(characters.join('')) > columns - 1) characters.pop()
    fitting = `${characters.join('')}…`
  }
  return fitting + ' '.repeat(Math.max(0, columns - columnsOf(fitting)))
}
