const longest = 200

/** A heading in one line, without the permalink sign that generators append, cut at 200 characters. */
export function headingTitle(raw: string): string {
  const title = raw
    .slice(0, 2 * longest)
    .replace(/\s+/g, ' ')
    .replace(/\s?¶$/, '')
    .trim()
  if (title.length <= longest) return title
  const last = title.charCodeAt(longest - 2)
  return `${title.slice(0, last >= 0xd800 && last <= 0xdbff ? longest - 2 : longest - 1)}…`
}
