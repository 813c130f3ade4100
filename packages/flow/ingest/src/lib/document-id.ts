/** The id of the document that an item of a source becomes. No two items share one: a source has no `:` in its name. */
export function documentId(source: string, itemId: string): string {
  return `${source}:${itemId}`
}
