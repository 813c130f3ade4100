const longest = 200
const untidy = /\s\s|[^\S ]|¶$/

/**
 * A heading in one line, without the permalink sign that generators append, cut at 200 characters.
 *
 * A copy: V8 makes a part of a string a view of it, and a title would keep the text of its document in memory.
 */
export function headingTitle(raw: string): string {
  const title = tidy(raw.slice(0, 2 * longest).trim())
  if (title.length <= longest) return copyOf(title)
  const last = title.charCodeAt(longest - 2)
  return copyOf(`${title.slice(0, last >= 0xd800 && last <= 0xdbff ? longest - 2 : longest - 1)}…`)
}

function copyOf(text: string): string {
  return ` ${text}`.slice(1)
}

function tidy(title: string): string {
  return untidy.test(title) ? title.replace(/¶$/, '').replace(/\s+/g, ' ').trim() : title
}
