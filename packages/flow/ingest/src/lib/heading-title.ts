const longest = 200
const untidy = /\s\s|[^\S ]|¶$/

/** A heading in one line, without the permalink sign that generators append, cut at 200 characters. */
export function headingTitle(raw: string): string {
  const title = tidy(raw.slice(0, 2 * longest).trim())
  if (title.length <= longest) return title
  const last = title.charCodeAt(longest - 2)
  return `${title.slice(0, last >= 0xd800 && last <= 0xdbff ? longest - 2 : longest - 1)}…`
}

function tidy(title: string): string {
  return untidy.test(title) ? title.replace(/¶$/, '').replace(/\s+/g, ' ').trim() : title
}
