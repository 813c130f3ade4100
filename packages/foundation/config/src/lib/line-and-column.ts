/** Where an offset is in a text, both from 1: `3:9`. */
export function lineAndColumn(text: string, offset: number): string {
  return createLineFinder(text)(offset)
}

/** The same for many offsets in one text. */
export function createLineFinder(text: string): (offset: number) => string {
  const starts = [0]
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return (offset) => {
    let first = 0
    let behind = starts.length
    while (behind - first > 1) {
      const middle = (first + behind) >> 1
      if ((starts[middle] ?? 0) <= offset) first = middle
      else behind = middle
    }
    return `${first + 1}:${offset - (starts[first] ?? 0) + 1}`
  }
}
