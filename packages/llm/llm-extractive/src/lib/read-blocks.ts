/** A piece of a text between two headings, as its marks show. Line breaks inside a paragraph or an item are spaces. */
export type Block =
  | { readonly type: 'heading'; readonly level: number; readonly text: string }
  | { readonly type: 'paragraph' | 'item'; readonly text: string }
  | { readonly type: 'row'; readonly text: string; readonly header: string }
  | { readonly type: 'code'; readonly lines: readonly string[] }

const heading = /^ {0,3}(#{1,6})[ \t]+(.+)$/
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/
const fence = /^[ \t]*(?:>[ \t]?)*(`{3,}|~{3,})/
const item = /^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)$/
const quotation = /^[ \t]*(?:>[ \t]?)*/
/** Marks only, a link definition, a comment, or an image, a tag or an anchor by itself. */
const nothing = /^(?:[\s|:\-=+*_]*$|\[[^\]]*\]:\s|<!--|<[^>]*>(?:<\/a>)?$|!\[[^\]]*\]\([^)]*\)$|\[!\[)/

/** The blocks of a text in Markdown, in order. Anything that has none of its marks is a paragraph. */
export function* readBlocks(text: string): Generator<Block, void, undefined> {
  let open: { type: 'paragraph' | 'item'; lines: string[] } | undefined
  let code: { mark: string; lines: string[] } | undefined
  let header: string | undefined

  for (const line of text.split(/\r\n|\r|\n/)) {
    if (code !== undefined) {
      if (closes(line, code.mark)) {
        yield { type: 'code', lines: code.lines }
        code = undefined
      } else code.lines.push(line)
      continue
    }
    const underlined = underline.test(line) && open?.type === 'paragraph' && open.lines.length === 1 ? open : undefined
    if (underlined !== undefined) {
      open = undefined
      yield { type: 'heading', level: line.includes('=') ? 1 : 2, text: underlined.lines.join(' ') }
      continue
    }
    const mark = fence.exec(line)?.[1]
    const titled = heading.exec(line)
    const bullet = item.exec(line)
    const cells = line.trimStart().startsWith('|')
    const blank = nothing.test(line.trim())
    if (open !== undefined && (blank || mark !== undefined || titled !== null || bullet !== null || cells)) {
      yield close(open)
      open = undefined
    }
    if (!cells) header = undefined
    if (mark !== undefined) code = { mark, lines: [] }
    else if (blank) continue
    else if (titled !== null) yield { type: 'heading', level: titled[1]?.length ?? 1, text: trimMarks(titled[2] ?? '') }
    else if (bullet !== null) open = { type: 'item', lines: [(bullet[1] ?? '').trim()] }
    else if (cells) {
      const row = trimCells(line)
      if (header === undefined) header = row
      else yield { type: 'row', text: row, header }
    } else (open ??= { type: 'paragraph', lines: [] }).lines.push(line.replace(quotation, '').trim())
  }
  if (code !== undefined) yield { type: 'code', lines: code.lines }
  if (open !== undefined) yield close(open)
}

function close({ type, lines }: { type: 'paragraph' | 'item'; lines: string[] }): Block {
  return { type, text: lines.join(' ') }
}

function closes(line: string, mark: string): boolean {
  const rest = line.replace(quotation, '').trim()
  return rest.length >= mark.length && rest.startsWith(mark) && rest === mark.charAt(0).repeat(rest.length)
}

function trimMarks(title: string): string {
  let end = title.length
  while (end > 0 && ' \t#'.includes(title.charAt(end - 1))) end--
  return title.slice(0, end)
}

function trimCells(line: string): string {
  const row = line.trim().slice(1)
  return (row.endsWith('|') ? row.slice(0, -1) : row).trim()
}
