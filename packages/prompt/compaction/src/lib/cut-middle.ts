/** The beginning and the end of a text that is longer than `length`, with a note between; no character is broken. */
export function cutMiddle(text: string, length: number): string {
  // The note is longest when all is left out.
  const room = length - note(text.length).length
  const head = Math.ceil(room / 2)
  const start = text.slice(0, splits(text, head) ? head - 1 : head)
  const tail = text.length - (room - head)
  const end = text.slice(splits(text, tail) ? tail + 1 : tail)
  return start + note(text.length - start.length - end.length) + end
}

function note(length: number): string {
  return `\n[… ${length} characters left out …]\n`
}

/** Whether a cut in front of `index` would part a surrogate pair. */
function splits(text: string, index: number): boolean {
  return isSurrogate(text, index - 1, 0xd800) && isSurrogate(text, index, 0xdc00)
}

function isSurrogate(text: string, index: number, first: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === first
}
