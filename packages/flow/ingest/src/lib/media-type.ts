const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.md', 'text/markdown'],
  ['.markdown', 'text/markdown'],
  ['.mdown', 'text/markdown'],
  ['.mkd', 'text/markdown'],
  ['.mdx', 'text/markdown'],
  ['.txt', 'text/plain'],
  ['.text', 'text/plain'],
  ['.html', 'text/html'],
  ['.htm', 'text/html'],
  ['.xhtml', 'text/html'],
])

/** The media type that a file name promises, by its extension in any case. `undefined`: none that can be read. */
export function mediaTypeOf(extension: string): string | undefined {
  return mediaTypes.get(extension.toLowerCase())
}
