/** Longer texts are cut, for a quote has to be readable. */
const longest = 600

/** A text in pieces of at most 600 characters, parted at spaces where there are some; `…` marks each cut. */
export function cutText(text: string): string[] {
  const pieces: string[] = []
  let start = 0
  while (text.length - start > longest) {
    const end = cutAt(text, start)
    pieces.push(`${start === 0 ? '' : '… '}${text.slice(start, end).trim()} …`)
    start = end
  }
  const rest = text.slice(start).trim()
  if (rest !== '') pieces.push(start === 0 ? rest : `… ${rest}`)
  return pieces
}

/** The last space within reach, else a place that parts no surrogate pair. */
function cutAt(text: string, start: number): number {
  const piece = text.slice(start, start + longest)
  const space = piece.lastIndexOf(' ')
  if (space > longest / 2) return start + space
  const unit = piece.charCodeAt(longest - 1)
  return start + (unit >= 0xd800 && unit <= 0xdbff ? longest - 1 : longest)
}
