const blocks: readonly (readonly [opener: string, closer: string])[] = [
  ['<script', '</script>'],
  ['<style', '</style>'],
  ['<!--', '-->'],
]

/** Takes scripts, styles and comments out, then all tags: by searching, for a pattern takes quadratic time. */
export function stripHtml(html: string): string {
  return strip(strip(html, blocks), [['<', '>']])
}

/** What an opener and its closer hold between them goes; one that is never closed stays. */
function strip(text: string, pairs: readonly (readonly [opener: string, closer: string])[]): string {
  // A closer that is not there any more is looked for once.
  const open = new Map(pairs)
  let result = ''
  let start = 0
  let next = text.indexOf('<')
  while (next !== -1 && open.size > 0) {
    let end = -1
    for (const [opener, closer] of open) {
      if (!text.startsWith(opener, next)) continue
      const close = text.indexOf(closer, next + opener.length)
      if (close === -1) open.delete(opener)
      else end = close + closer.length
      break
    }
    if (end !== -1) {
      result += text.slice(start, next)
      start = end
    }
    next = text.indexOf('<', end === -1 ? next + 1 : end)
  }
  return result + text.slice(start)
}
