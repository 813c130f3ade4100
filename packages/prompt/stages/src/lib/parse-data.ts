import type { BulletStyle } from './bullet-style.ts'
import { beginsWithBullet } from './bullet-match.ts'
import { levelForm } from './list-style.ts'
import { normalText } from './normal-text.ts'
import { orderSections } from './order-sections.ts'
import type { Item, PromptData, Section } from './prompt-data.ts'
import { headOf, isBare, type PromptNode } from './prompt-node.ts'
import { readPrompt } from './read-prompt.ts'
import { endsTopTitle, endTitle } from './render-prompt.ts'
import type { RenderForm } from './render-options.ts'
import { findChildStage } from './find-stage.ts'
import type { Stage, Vocabulary } from './stage.ts'

/** A line that can be read in more than one way. */
export interface AmbiguousLine {
  /** Its number in the text, counted from 1. */
  readonly line: number
  /** The line, without the white space around it. */
  readonly text: string
  /** What it was taken for: a part of a text or title although it looks like markup, an item, or a section. */
  readonly readAs: 'text' | 'item' | 'section'
}

/** A document that was read, with the lines that are not certain. */
export interface ParsedData {
  readonly data: PromptData
  readonly ambiguous: readonly AmbiguousLine[]
}

/** What a parser is told beside the form. */
export interface ParseContext {
  readonly form: RenderForm
  readonly told: readonly BulletStyle[]
  readonly vocabulary: Vocabulary
}

/** A node that is being made an item, with what has been made of its items. */
interface OpenNode {
  readonly node: PromptNode
  readonly stage: Stage | undefined
  readonly items: Item[]
  next: number
}

/** The document that a text is the rendering of. */
export function parseData(text: string, { form, told, vocabulary }: ParseContext): ParsedData {
  const all = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd())
  const skipped = all.findIndex((line) => line !== '')
  const lines = skipped === -1 ? [] : all.slice(skipped, all.findLastIndex((line) => line !== '') + 1)
  const { role, root } = readPrompt(lines, form, told)
  const uncertain = new Map<number, AmbiguousLine['readAs']>()

  const open: OpenNode[] = [{ node: root, stage: undefined, items: [], next: 0 }]
  for (;;) {
    const current = open.at(-1) as OpenNode
    const child = current.node.items[current.next++]
    if (child === undefined) {
      if (open.length === 1) break
      open.pop()
      open.at(-1)?.items.push(finish(current))
      continue
    }
    const title = titleOf(child)
    const siblings = current.node === root ? vocabulary : current.stage
    const stage = title === undefined ? undefined : findChildStage(siblings, title)
    open.push({ node: child, stage, items: [], next: 0 })
  }
  markText(root)

  const prologue = normalText(headOf(root, lines))
  const sections = (open[0] as OpenNode).items as Section[]
  return {
    data: {
      version: 1,
      ...(role === undefined ? {} : { role }),
      ...(prologue === '' ? {} : { prologue }),
      ...(root.critical.length === 0 ? {} : { critical: root.critical }),
      sections: keepOrder(sections),
    },
    ambiguous: [...uncertain]
      .toSorted(([a], [b]) => a - b)
      .map(([index, readAs]) => ({ line: index + skipped + 1, text: (lines[index] ?? '').trim(), readAs })),
  }

  function titleOf(node: PromptNode): string | undefined {
    const head = headOf(node, lines)
    if (node.kind !== 'bullet' || (node.level === 0 && !endsTopTitle(node, node.list))) return head
    // Sections of this level are headings or tags.
    if (levelForm(form, node.level) !== 'bullet') return undefined
    if (beginsWithBullets(node)) return head
    if (form.titleEnd === '') return isBare(node) || head === '' ? undefined : head
    if (!head.endsWith(form.titleEnd)) return undefined
    const title = head.slice(0, -form.titleEnd.length)
    const isTitle = title !== '' && title === normalText(title) && endTitle(title, form.titleEnd) === head
    return isTitle ? title : head
  }

  function finish({ node, stage, items }: OpenNode): Item {
    const title = titleOf(node)
    markText(node)
    const { list, explicit, inner, hang, start, level } = node
    if (title === undefined) return normalText(headOf(node, lines))
    const couldBeText = node.kind === 'bullet' && level > 0 && inner >= hang && node.items.length === 0
    const isUnexpected = explicit !== undefined && explicit !== 'none'
    if (couldBeText || isUnexpected) uncertain.set(start, 'section')
    if (list?.style === 'none') for (const item of node.items) uncertain.set(item.start, 'item')
    return {
      ...(stage === undefined ? {} : { stage: stage.path }),
      ...(stage?.order === 'fixed' ? { fixed: stage.position } : {}),
      title: normalText(title),
      ...(node.subtitle === undefined ? {} : { subtitle: node.subtitle }),
      ...(explicit === undefined ? {} : { bullet: explicit }),
      ...(node.critical.length === 0 ? {} : { critical: node.critical }),
      items,
    }
  }

  /** Marks lines of a text, role, subtitle or critical step that look like markup, beside what was taken for it. */
  function markText(node: PromptNode): void {
    // Behind the bullet may stand the rest of a longer one.
    if (node.kind === 'bullet' && node.level > 0 && beginsWithBullet(node.first, told))
      uncertain.set(node.start, 'text')
    // What comes before the prologue is the role.
    const roleLines = node === root ? [[1, root.start] as const] : []
    for (const [from, to] of [...roleLines, [node.start + 1, node.headEnd] as const, ...node.blocks]) {
      for (let index = from; index < to; index++) {
        const isPart = index < node.headEnd && isTitleLine(node)
        if (isPart || looksLikeMarkup((lines[index] ?? '').trimStart())) uncertain.set(index, 'text')
      }
    }
  }

  /** Below a top-level title that is not ended by anything, a line of it looks like an item without a bullet. */
  function isTitleLine({ kind, level, inner, hang }: PromptNode): boolean {
    return kind === 'bullet' && inner >= hang && (level === 0 || form.titleEnd === '')
  }

  function looksLikeMarkup(line: string): boolean {
    const { open: opening, close } = form.critical
    return (
      beginsWithBullet(line, told) ||
      line === close ||
      (opening[0] !== '' && line.startsWith(opening[0])) ||
      (form.subtitle[0] !== '' && line.startsWith(form.subtitle[0])) ||
      (form.levels.includes('xml') && /^<\/?\p{L}[^>]*>$/u.test(line))
    )
  }
}

/** Whether the title has no end of its own, since bullets stand right below it. */
function beginsWithBullets({ subtitle, critical, items, list }: PromptNode): boolean {
  return subtitle === undefined && critical.length === 0 && items[0]?.kind === 'bullet' && list?.style !== 'none'
}

/** Places of the vocabulary are left out where they would move what stands elsewhere. */
function keepOrder(sections: readonly Section[]): readonly Section[] {
  const ordered = orderSections(sections)
  if (ordered.every((section, index) => section === sections[index])) return sections
  return sections.map((section) => {
    const { fixed, ...rest } = section
    return fixed === undefined ? section : rest
  })
}
