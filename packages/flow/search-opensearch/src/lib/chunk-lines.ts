/** The most bytes of a request, unless one document has more; servers take 10 or 100 MB, and work best with a few. */
const mostBytes = 4_000_000

/** The most documents of a request. */
const mostItems = 1000

/** Parts what is written into requests of bounded size, without making more of them than the one at hand. */
export function* chunkLines<Item extends { readonly lines: string }>(items: Iterable<Item>): Iterable<Item[]> {
  let chunk: Item[] = []
  let size = 0
  for (const item of items) {
    const bytes = Buffer.byteLength(item.lines)
    if (chunk.length > 0 && (size + bytes > mostBytes || chunk.length === mostItems)) {
      yield chunk
      chunk = []
      size = 0
    }
    chunk.push(item)
    size += bytes
  }
  if (chunk.length > 0) yield chunk
}
