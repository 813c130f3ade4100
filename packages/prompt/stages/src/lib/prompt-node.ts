import type { BulletStyle } from './bullet-style.ts'
import type { ListStyle } from './list-style.ts'
import type { CriticalStep } from './prompt-data.ts'
import type { LevelForm } from './render-options.ts'

/**
 * What a parser has read of a section or of a text: which of both it is shows only at its end.
 *
 * Lines are numbers of lines; columns count from 0.
 */
export interface PromptNode {
  readonly kind: 'root' | LevelForm
  /** The level that it has if it is a section; −1 for the root. */
  readonly level: number
  /** Where its bullet or tag begins. */
  readonly column: number
  /** Where its first character stands, and its further lines. */
  readonly hang: number
  /** Where a subtitle and critical steps stand. */
  readonly content: number
  /** Where its items stand. */
  readonly inner: number
  /** The style that was handed on to it. */
  readonly received: BulletStyle | undefined
  /** Its first line. */
  readonly start: number
  /** What stands in that line behind the bullet. */
  readonly first: string
  /** The line after the last of its text, or of its title. */
  headEnd: number
  subtitle: string | undefined
  critical: CriticalStep[]
  /** Lines of subtitle and critical steps that are text alone: the first of each, and the one after the last. */
  blocks: (readonly [number, number])[]
  items: PromptNode[]
  /** The bullets of its items, once there is one with a bullet. */
  list: ListStyle | undefined
  /** Set where the bullets are not those that follow on the received style. */
  explicit: BulletStyle | undefined
  /** How many items with a bullet it has. */
  count: number
}

type NodePlace = Pick<PromptNode, 'kind' | 'level' | 'column' | 'hang' | 'content' | 'inner' | 'start'>

/** A node of which the first line has been read. */
export function createNode(place: NodePlace, first: string, received?: BulletStyle): PromptNode {
  return {
    ...place,
    received,
    first,
    headEnd: place.start + 1,
    subtitle: undefined,
    critical: [],
    blocks: [],
    items: [],
    list: undefined,
    explicit: undefined,
    count: 0,
  }
}

/** Whether nothing but its text or title has been read. */
export function isBare({ items, subtitle, critical }: PromptNode): boolean {
  return items.length === 0 && subtitle === undefined && critical.length === 0
}

/** The text of a node, or its title: lines below the first lose the columns before the first character. */
export function headOf({ kind, start, headEnd, first, hang }: PromptNode, lines: readonly string[]): string {
  if (kind === 'root') return lines.slice(start, headEnd).join('\n')
  const further = lines.slice(start + 1, headEnd)
  return [first, ...further.map((line) => line.slice(hang))].join('\n')
}
