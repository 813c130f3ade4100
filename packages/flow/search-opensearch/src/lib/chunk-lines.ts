/** The most characters of a request; the server takes 100 MB unless told otherwise, and works best with a few. */
const mostCharacters = 4_000_000

/** The most documents of a request. */
const mostItems = 1000

/** Parts what is written into requests of bounded size, without making more of them than the one at hand. */
export function* chunkLines<Item extends { readonly lines: string }>(items: Iterable<Item>): Iterable<Item[]> {
  let chunk: Item[] = []
  let size = 0
  for (const item of items) {
    if (chunk.length > 0 && (size + item.lines.length > mostCharacters || chunk.length === mostItems)) {
      yield chunk
      chunk = []
      size = 0
    }
    chunk.push(item)
    size += item.lines.length
  }
  if (chunk.length > 0) yield chunk
}
