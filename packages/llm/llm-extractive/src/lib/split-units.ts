import { splitSentences } from './split-sentences.ts'

/** Something that can be quoted by itself, with the words it stands under. */
export interface Unit {
  /** As it stands in the passage, with line breaks as spaces and without list and table marks at its edges. */
  readonly text: string
  readonly kind: 'sentence' | 'item' | 'row' | 'code'
  /** What it stands under: headings, the header of its table, the line that leads to it. */
  readonly above: readonly string[]
}

const heading = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$/
const underline = /^ {0,3}(?:=+|-+)[ \t]*$/
const fence = /^[ \t]*(`{3,}|~{3,})/
const item = /^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)$/
const row = /^[ \t]*\|(.*)$/
const rule = /^[\s|:\-=+*_]*$/
/** Link definitions, comments, tags and images alone on their line, imports of a component: nothing to quote. */
const noise = /^\s*(?:\[[^\]]*\]:\s|<!--|<\/?[A-Za-z][^>]*>\s*$|!\[[^\]]*\]\([^)]*\)\s*$|\[!\[)/

/** The units of a passage, in order. Understands the marks of Markdown and takes anything else as paragraphs. */
export function splitUnits(passage: string): Unit[] {
  const units: Unit[] = []
  const headings: string[] = []
  let lead = ''
  let header: string | undefined
  let closing: string | undefined
  let paragraph: string[] = []
  let kind: 'sentence' | 'item' = 'sentence'

  const above = (): string[] => [...headings, lead].filter((text) => text !== '')
  const flush = (): void => {
    if (paragraph.length > 0) {
      const context = above()
      const sentences = splitSentences(paragraph.join(' '))
      for (const text of sentences) units.push({ text, kind, above: context })
      const last = sentences.at(-1)
      if (kind === 'sentence') lead = last?.endsWith(':') === true ? last : ''
    }
    paragraph = []
    kind = 'sentence'
  }

  for (const line of passage.split(/\r\n|\r|\n/)) {
    if (closing !== undefined) {
      if (line.trim().startsWith(closing) && rule.test(line.trim().slice(closing.length))) closing = undefined
      else if (/[\p{L}\p{N}]/u.test(line))
        for (const text of splitSentences(line)) units.push({ text, kind: 'code', above: above() })
      continue
    }
    const fenced = fence.exec(line)
    if (fenced) {
      flush()
      closing = fenced[1]
      continue
    }
    const titled = heading.exec(line)
    if (titled) {
      flush()
      setHeading(titled[1]?.length ?? 1, titled[2] ?? '')
      continue
    }
    if (underline.test(line) && paragraph.length === 1 && kind === 'sentence') {
      const title = paragraph[0] ?? ''
      paragraph = []
      setHeading(line.includes('=') ? 1 : 2, title)
      continue
    }
    if (line.trim() === '') {
      flush()
      header = undefined
      continue
    }
    const cells = row.exec(line)
    if (cells) {
      flush()
      const text = (cells[1] ?? '').replace(/\s*\|?\s*$/, '').trim()
      if (rule.test(text)) continue
      if (header === undefined) header = text
      else
        for (const part of splitSentencesOnce(text))
          units.push({ text: part, kind: 'row', above: [...above(), header] })
      continue
    }
    header = undefined
    if (noise.test(line) || rule.test(line)) {
      flush()
      continue
    }
    const entry = item.exec(line)
    if (entry) {
      flush()
      kind = 'item'
      paragraph.push((entry[1] ?? '').trim())
      continue
    }
    paragraph.push(line.replace(/^[ \t]*(?:>[ \t]?)*/, '').trim())
  }
  flush()
  return units

  function setHeading(level: number, title: string): void {
    headings.length = Math.min(headings.length, level - 1)
    while (headings.length < level - 1) headings.push('')
    headings.push(title)
    lead = ''
  }
}

function splitSentencesOnce(text: string): string[] {
  return text.length > 600 ? splitSentences(text) : [text]
}
