import type { Anchor } from './document.ts'
import type { Locator } from './locator.ts'
import type { TextBlock } from './text-decoding.ts'

/** What of a text was read and is still to be parsed. */
export interface HeldText extends TextBlock {
  /** Grows in place. */
  readonly anchors: Anchor[]
}

/** What is held before there is a text. */
export const nothingHeld: HeldText = { text: '', anchors: [], encoding: 'utf-8' }

/** What is held, and the block that comes next. */
export function holdMore(held: HeldText, block: TextBlock): HeldText {
  const { length } = held.text
  if (length === 0) return { ...block, anchors: [...block.anchors] }
  for (const anchor of block.anchors) held.anchors.push({ ...anchor, offset: anchor.offset + length })
  return { ...block, text: held.text + block.text, anchors: held.anchors }
}

/** What is held from an index on. */
export function holdRest(held: HeldText, from: number, locator: Locator): HeldText {
  if (from === held.text.length) return { ...held, text: '', anchors: [] }
  const rest = held.anchors.filter(({ offset }) => offset > from)
  const anchors = rest.map((anchor) => ({ ...anchor, offset: anchor.offset - from }))
  return { ...held, text: held.text.slice(from), anchors: [{ ...locator.start(from), offset: 0 }, ...anchors] }
}
