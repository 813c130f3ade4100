import { type BulletStyle, bulletText } from './bullet-style.ts'
import { levelForm, listStyle, type ListStyle } from './list-style.ts'
import { orderSections } from './order-sections.ts'
import type { CriticalStep, Item, PromptData, Section } from './prompt-data.ts'
import type { RenderForm } from './render-options.ts'
import { xmlTag } from './xml-tag.ts'

/** The items of a section that is being written, as far as they are. */
interface OpenList {
  readonly items: readonly Item[]
  next: number
  /** The level of the sections among the items. */
  readonly level: number
  /** Where the items begin. */
  readonly column: number
  readonly style: BulletStyle
  readonly handedOn: BulletStyle | undefined
  /** How many items have had a bullet. */
  count: number
  /** How many Markdown sections a text that comes next has to close. */
  headings: number
  /** The line that ends the section. */
  readonly close: string | undefined
}

/** The text of a document. The README states the form. Time and memory grow with the length of the text; the stack does not. */
export function renderData(data: PromptData, form: RenderForm): string {
  const { role, prologue, critical, sections } = data
  const blocks: string[][] = []
  if (role !== undefined) blocks.push([mark(role, form.role)])
  if (prologue !== undefined) blocks.push([prologue])
  for (const step of critical ?? []) blocks.push(criticalLines(step, 0, form))
  const style = listStyle(form, undefined, undefined, levelForm(form, 0))
  for (const [index, section] of orderSections(sections).entries()) {
    blocks.push(renderTopSection(section, index + 1, style, form))
  }
  return blocks.map((lines) => lines.join('\n')).join('\n'.repeat(form.blankLines + 1))
}

function renderTopSection(
  section: Section,
  index: number,
  { style, handedOn }: Pick<OpenList, 'style' | 'handedOn'>,
  form: RenderForm,
): string[] {
  const lines: string[] = []
  const top: OpenList = {
    items: [section],
    next: 0,
    level: 0,
    column: 0,
    style,
    handedOn,
    count: index - 1,
    headings: 0,
    close: undefined,
  }
  const open = [top]
  for (let list = open.at(-1); list !== undefined; list = open.at(-1)) {
    const item = list.items[list.next++]
    if (item === undefined) {
      if (list.close !== undefined) lines.push(list.close)
      open.pop()
      const outer = open.at(-1)
      if (outer !== undefined && levelForm(form, outer.level) === 'markdown') outer.headings = list.headings + 1
      continue
    }
    if (typeof item === 'string') {
      // Without a bullet and without a text there is nothing to show.
      if (item === '' && list.style === 'none') continue
      for (; list.headings > 0; list.headings--) lines.push(' '.repeat(list.column) + sectionEnd)
      lines.push(hang(item, bulletText(list.style, ++list.count), list.column))
    } else {
      open.push(openSection(item, list, form, lines))
      list.headings = 0
    }
  }
  return lines
}

/** Closes a Markdown section where a text of the section around it follows. */
export const sectionEnd = '---'

/** Writes what comes before the items of a section. */
function openSection(section: Section, outer: OpenList, form: RenderForm, lines: string[]): OpenList {
  const { title, subtitle, bullet, critical, items } = section
  const { column, level } = outer
  let content = column
  let inner = column
  let close: string | undefined
  const style = listStyle(form, outer.handedOn, bullet, levelForm(form, level + 1))
  switch (levelForm(form, level)) {
    case 'markdown':
      lines.push(hang(title, '#'.repeat(level + 1), column))
      break
    case 'xml': {
      const tag = xmlTag(title)
      lines.push(' '.repeat(column) + tag.open)
      close = ' '.repeat(column) + tag.close
      inner += form.indent
      content = inner
      break
    }
    default: {
      const sign = bulletText(outer.style, ++outer.count)
      inner += form.indent
      content += signWidth(sign)
      const isEnded =
        level > 0
          ? !beginsWithBullets(section, style.style, level + 1, form)
          : endsTopTitle({ inner, hang: content }, style) && items.some((item) => isListed(item, level + 1, form))
      lines.push(hang(isEnded ? endTitle(title, form.titleEnd) : title, sign, column))
    }
  }
  if (subtitle !== undefined) lines.push(indented(mark(subtitle, form.subtitle), content, form.subtitle[0].length))
  for (const step of critical ?? []) lines.push(...criticalLines(step, content, form))
  return { items, next: 0, level: level + 1, column: inner, ...style, count: 0, headings: 0, close }
}

/** Whether a bullet stands right below the title of a section: what is below is then no further line of it. */
function beginsWithBullets(
  { subtitle, critical, items }: Section,
  style: BulletStyle,
  level: number,
  form: RenderForm,
): boolean {
  if (style === 'none' || subtitle !== undefined || (critical ?? []).length > 0) return false
  const [first] = items
  return typeof first === 'string' || (first !== undefined && levelForm(form, level) === 'bullet')
}

/** Whether an item stands in the list of its section, and is neither empty nor a heading. */
function isListed(item: Item, level: number, form: RenderForm): boolean {
  return typeof item === 'string' ? item !== '' : levelForm(form, level) === 'bullet'
}

/** Whether items would be taken for further lines of a top-level title. */
export function endsTopTitle({ inner, hang: column }: { inner: number; hang: number }, list?: ListStyle): boolean {
  return list?.style === 'none' && inner >= column
}

/** A title with its end, which it may have already. */
export function endTitle(title: string, end: string): string {
  return title.endsWith(end) ? title : title + end
}

/** The columns that a bullet takes, with the space behind it. */
export function signWidth(sign: string): number {
  return sign === '' ? 0 : sign.length + 1
}

/** A text behind a bullet; its further lines stand below its first character. */
function hang(text: string, sign: string, column: number): string {
  const first = ' '.repeat(column) + (sign === '' ? '' : `${sign} `)
  return text === '' ? first.trimEnd() : first + indentRest(text, column + signWidth(sign))
}

function indented(text: string, column: number, further: number): string {
  return ' '.repeat(column) + indentRest(text, column + further)
}

/** Indents all lines but the first; blank lines stay empty. */
function indentRest(text: string, column: number): string {
  return column > 0 && text.includes('\n') ? text.replaceAll(/\n(?!\n)/g, `\n${' '.repeat(column)}`) : text
}

function mark(text: string, [before, after]: readonly [string, string]): string {
  return (before + text + after).trimEnd()
}

function criticalLines({ title, text }: CriticalStep, column: number, form: RenderForm): string[] {
  const { open, close } = form.critical
  const lines = [mark(title, open), ...(text === '' ? [] : [text]), close]
  return lines.map((line) => indented(line, column, 0))
}
