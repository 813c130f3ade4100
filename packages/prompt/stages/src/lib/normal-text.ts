/**
 * A text as documents hold it: lines end with `\n` and without white space, and neither the first nor the last line is
 * blank. White space before the first line goes too, that before the others stays.
 */
export function normalText(text: string): string {
  const lines = text.trim().split(/\r\n|\r|\n/)
  return lines.length === 1 ? (lines[0] ?? '') : lines.map((line) => line.trimEnd()).join('\n')
}

/** The same on one line: line breaks become spaces. */
export function normalLine(text: string): string {
  const lines = normalText(text).split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ')
}
