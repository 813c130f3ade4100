/** The most bytes that an id may have: what the backends can take for a key. */
const longest = 512

const encoder = new TextEncoder()

/** What an id must be, if a value is not one. */
export function readId(id: unknown): string | undefined {
  if (typeof id !== 'string' || id === '' || !id.isWellFormed() || isTooLong(id)) {
    return `a well-formed string of 1 to ${longest} bytes of UTF-8`
  }
  return undefined
}

function isTooLong(id: string): boolean {
  if (id.length > longest) return true
  return id.length * 3 > longest && encoder.encode(id).length > longest
}
