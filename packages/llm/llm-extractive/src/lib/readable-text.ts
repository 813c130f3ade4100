const unread = /\]\([^)\s]*\)|\]\[[^\]]*\]|https?:\/\/\S+|<[^>]*>|#\d+/g

/** A quote without what a reader does not see as words: targets of links, addresses, tags, numbers of issues. */
export function readableText(text: string): string {
  return text.replace(unread, ' ')
}
