import { type BulletStyle, bulletText } from './bullet-style.ts'
import { styleOfFirst, textBehind } from './bullet-match.ts'
import { levelForm, listStyle } from './list-style.ts'
import { normalText } from './normal-text.ts'
import { createNode, isBare, type PromptNode } from './prompt-node.ts'
import { readRole } from './read-role.ts'
import { sectionEnd, signWidth } from './render-prompt.ts'
import { isEmpty, type Marks, type RenderForm } from './render-options.ts'
import { titleOfTag, xmlTag } from './xml-tag.ts'

/** A subtitle or critical step that has begun. */
interface OpenBlock {
  readonly node: PromptNode
  readonly from: number
  /** The title of a critical step; a subtitle has none. */
  readonly step: string | undefined
}

/** What a text was read as. */
export interface ReadPrompt {
  readonly role: string | undefined
  readonly root: PromptNode
}

/**
 * Reads lines that end without white space, the first of which is not blank.
 *
 * Each line is put where the renderer would have written it. A line that has no such place shows that one above was text
 * and no markup: the innermost text around both, in the end the prologue, takes all lines since its own. Every line is
 * taken in and given up again once at each level at most, so time grows with the length of the text.
 */
export function readPrompt(lines: readonly string[], form: RenderForm, told: readonly BulletStyle[]): ReadPrompt {
  const { role, next } = readRole(lines, form)
  const root = createNode({ kind: 'root', level: -1, column: 0, hang: 0, content: 0, inner: 0, start: next }, '')
  root.headEnd = next
  root.list = listStyle(form, undefined, undefined, levelForm(form, 0))
  const stack = [root]
  let block: OpenBlock | undefined
  /** The section that a line has returned to from a Markdown section; a text of it has to follow. */
  let returned: PromptNode | undefined
  let blanks = 0
  let at = next
  let line = ''
  let column = 0

  for (; at < lines.length; at++) {
    const whole = lines[at] ?? ''
    if (whole === '') {
      blanks++
      continue
    }
    column = indentation(whole)
    line = whole.slice(column)
    if (block === undefined ? !placeLine() : !continueBlock(block)) absorb(stack.length - 1)
    blanks = 0
  }
  at = lines.length - 1
  column = Number.POSITIVE_INFINITY
  if (block !== undefined || returned !== undefined) absorb(stack.length - 1)
  const unclosed = stack.findIndex(({ kind }) => kind === 'xml')
  if (unclosed !== -1) absorb(unclosed - 1)
  return { role, root }

  /** Puts the line where it belongs; false if there is no such place. */
  function placeLine(): boolean {
    for (let depth = stack.length - 1; depth >= 0; depth--) {
      const node = stack[depth] as PromptNode
      if (closes(node)) {
        stack.length = depth
        returned = node.kind === 'markdown' ? stack.at(-1) : undefined
        return true
      }
      const isInnermost = depth === stack.length - 1
      // First, for where items have no bullets anything is one.
      if (isInnermost && column === node.content && returned === undefined && beginBlock(node)) return true
      if (column === node.inner && beginChild(node, depth)) return true
      if (node.kind === 'xml' || node.inner < column) break
    }
    const innermost = stack.at(-1) as PromptNode
    if (returned !== undefined || !isBare(innermost) || !canContinue(innermost)) return false
    innermost.headEnd = at + 1
    return true
  }

  function closes(node: PromptNode): boolean {
    if (blanks > 0) return false
    if (node.kind === 'xml')
      return column === node.column && line === xmlTag(node.first).close && returned === undefined
    if (node.kind !== 'markdown' || column !== node.inner || line !== sectionEnd) return false
    return node.level > 0 && (returned === undefined || returned === node)
  }

  /** Whether the line may begin a part of a node: top-level parts stand apart, all others follow at once. */
  function isApart(node: PromptNode): boolean {
    return node.kind === 'root' ? at === next || blanks === form.blankLines : blanks === 0
  }

  function beginChild(node: PromptNode, depth: number): boolean {
    if (!isApart(node) || !canHold(node, 'bullets')) return false
    const level = node.level + 1
    const kind = levelForm(form, level)
    const child = beginHeading(node, level) ?? (kind === 'bullet' || level > 0 ? beginItem(node, level) : undefined)
    if (child === undefined) return false
    returned = undefined
    stack.length = depth + 1
    stack.push(child)
    node.items.push(child)
    return true
  }

  function beginHeading(node: PromptNode, level: number): PromptNode | undefined {
    if (returned !== undefined || !canHold(node)) return undefined
    const received = listStyle(form, node.received, node.explicit, levelForm(form, level)).handedOn
    const common = { level, column, start: at }
    if (levelForm(form, level) === 'markdown') {
      const sign = '#'.repeat(level + 1)
      const title = textBehind(line, sign)
      if (!title || title !== title.trim()) return undefined
      const hang = column + signWidth(sign)
      return createNode({ ...common, kind: 'markdown', hang, content: column, inner: column }, title, received)
    }
    if (levelForm(form, level) !== 'xml') return undefined
    const title = titleOfTag(line)
    if (title === undefined || title === '' || title !== normalText(title)) return undefined
    const inner = column + form.indent
    return createNode({ ...common, kind: 'xml', hang: column, content: inner, inner }, title, received)
  }

  function beginItem(node: PromptNode, level: number): PromptNode | undefined {
    if (returned === undefined ? node.items.at(-1)?.kind === 'markdown' : returned !== node) return undefined
    const kind = levelForm(form, level)
    const expected = node.list ?? listStyle(form, node.received, undefined, kind)
    const style = node.list === undefined ? styleOf(node, expected.style) : expected.style
    if (style === undefined || (style === 'none' && !canHold(node))) return undefined
    const sign = bulletText(style, node.count + 1)
    const text = textBehind(line, sign)
    // A heading belongs to a section further out, even where anything else is an item.
    if (form.levels.includes('markdown') && /^#+ /.test(line)) return undefined
    if (text === undefined || text !== text.trim() || (level === 0 && text === '')) return undefined
    if (node.list === undefined) {
      if (style !== expected.style) node.explicit = style
      node.list = listStyle(form, node.received, node.explicit, kind)
    }
    node.count++
    const hang = column + signWidth(sign)
    const place = {
      kind: 'bullet',
      level,
      column,
      hang,
      content: hang,
      inner: column + form.indent,
      start: at,
    } as const
    return createNode(place, text, node.list.handedOn)
  }

  /** The style of a list that the line is the first item of. */
  function styleOf(node: PromptNode, expected: BulletStyle): BulletStyle | undefined {
    const style = styleOfFirst(line, expected, told)
    return style ?? (holdsBulletless(node) ? 'none' : undefined)
  }

  /** Whether a node has the heading of a section, as far as it has been read: bullets may follow on any title. */
  function canHold(node: PromptNode, what?: 'bullets'): boolean {
    if (node.kind !== 'bullet' || node.level === 0 || !isBare(node)) return true
    return node.first !== '' && levelForm(form, node.level) === 'bullet' && (what === 'bullets' || isEnded(node))
  }

  function isEnded(node: PromptNode): boolean {
    const last = node.headEnd === node.start + 1 ? node.first : (lines[node.headEnd - 1] ?? '')
    return last.endsWith(form.titleEnd)
  }

  /** Items without bullets below a title that would take them for its further lines are no items, unless it has ended. */
  function holdsBulletless(node: PromptNode): boolean {
    if (node.kind !== 'bullet' || node.inner < node.hang || (node.level > 0 && !isBare(node))) return true
    return form.titleEnd !== '' && isEnded(node)
  }

  function beginBlock(node: PromptNode): boolean {
    if (node.items.length > 0 || !isApart(node) || !canHold(node)) return false
    const { open } = form.critical
    const step = between(line, open)
    if (step !== undefined) {
      block = { node, from: at + 1, step }
      return true
    }
    const [before] = form.subtitle
    if (node.kind === 'root' || !isBare(node) || !line.startsWith(before) || isEmpty(form.subtitle)) return false
    const begun = { node, from: at, step: undefined }
    if (endsSubtitle(begun)) return closeBlock(begun, subtitleText(begun))
    block = begun
    return true
  }

  function continueBlock(open: OpenBlock): boolean {
    const { node, from, step } = open
    if (step === undefined) {
      if (column < node.content + form.subtitle[0].length) return false
      return !endsSubtitle(open) || closeBlock(open, subtitleText(open))
    }
    if (column < node.content) return false
    if (column > node.content || line !== form.critical.close || blanks > 0) return true
    return closeBlock(open, dedent(lines.slice(from, at), node.content))
  }

  function endsSubtitle({ from }: OpenBlock): boolean {
    const [before, after] = form.subtitle
    return line.endsWith(after) && (at > from || line.length >= before.length + after.length)
  }

  function subtitleText({ node, from }: OpenBlock): string {
    const [before, after] = form.subtitle
    const text = dedent(lines.slice(from, at + 1), node.content + before.length)
    return text.slice(0, text.length - after.length)
  }

  function closeBlock({ node, from, step }: OpenBlock, text: string): boolean {
    if (text !== normalText(text) || (step === undefined && text === '')) return false
    if (step === undefined) node.subtitle = text
    else node.critical.push({ title: step, text })
    node.blocks.push(step === undefined ? [from + 1, at + 1] : [from, at])
    block = undefined
    return true
  }

  /** Makes all lines since its first the text of the innermost node that can hold them, from `depth` outwards. */
  function absorb(depth: number): void {
    let place = depth
    while (place > 0 && !canAbsorb(stack[place] as PromptNode)) place--
    const node = stack[place] as PromptNode
    stack.length = place + 1
    Object.assign(node, { subtitle: undefined, critical: [], blocks: [], items: [], explicit: undefined, count: 0 })
    if (node.kind !== 'root') node.list = undefined
    node.headEnd = at + 1
    block = undefined
    returned = undefined
  }

  function canAbsorb(node: PromptNode): boolean {
    if (node.kind === 'xml' || !canContinue(node)) return false
    return (isBare(node) && block?.node !== node) || Math.min(node.inner, node.content) >= node.hang
  }

  /** Whether the line stands where further lines of the text or title of a node do. No text begins with a blank line. */
  function canContinue(node: PromptNode): boolean {
    if (node.kind === 'root') return true
    return node.kind !== 'xml' && node.first !== '' && column >= node.hang
  }
}

/** What stands between two marks, if they are there. */
function between(line: string, marks: Marks): string | undefined {
  const [before, after] = marks
  if (isEmpty(marks) || line.length < before.length + after.length) return undefined
  if (!line.startsWith(before) || !line.endsWith(after)) return undefined
  return line.slice(before.length, line.length - after.length)
}

function dedent(lines: readonly string[], columns: number): string {
  return lines.map((line) => line.slice(columns)).join('\n')
}

function indentation(line: string): number {
  let column = 0
  while (line.charCodeAt(column) === 32) column++
  return column
}
