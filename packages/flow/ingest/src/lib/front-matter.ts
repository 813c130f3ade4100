const longestTitle = 1000
const opening = /^(---|\+\+\+)[ \t]*\r?\n/
const keyLine = /^(?:#|["']?[\p{L}_][^\n:=]{0,100}[:=])/u

/** The block of settings that may stand before a Markdown text, between `---` (YAML) or `+++` (TOML) lines. */
export function readFrontMatter(text: string): { end: number; title: string | undefined } | undefined {
  const fence = opening.exec(text)
  if (!fence) return undefined
  const body = fence[0].length
  // A rule at the top of a text is no front matter: settings start with a key.
  if (!keyLine.test(text.slice(body, body + 200).trimStart())) return undefined
  const closing = fence[1] === '---' ? /^(?:---|\.\.\.)[ \t]*\r?$/gm : /^\+\+\+[ \t]*\r?$/gm
  closing.lastIndex = body
  const close = closing.exec(text)
  if (!close) return undefined
  return { end: close.index + close[0].length, title: readTitle(text.slice(body, close.index)) }
}

function readTitle(settings: string): string | undefined {
  const line = /^title[ \t]*[:=](.*)$/m.exec(settings)?.[1]?.slice(0, longestTitle).trim()
  if (line === undefined) return undefined
  const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')/.exec(line)
  if (quoted) return (quoted[1]?.replace(/\\(.)/g, '$1') ?? quoted[2]?.replaceAll("''", "'"))?.trim() || undefined
  // `|` and `>` announce a text of several lines; `&`, `*`, `!`, `[` and `{` are no plain text either.
  const plain = line.replace(/(?:^|[ \t])#.*$/, '').trim()
  return plain === '' || /^[|>&*!{[]/.test(plain) ? undefined : plain
}
