import type { RepairKind } from './repair-kind.ts'

/** One repair: `length` code units of the input from `offset` on gave way to `replacement`. */
export interface RepairEdit {
  readonly kind: RepairKind
  /** In UTF-16 code units of the input, as all offsets in JavaScript strings. */
  readonly offset: number
  /** 0 where something was only inserted. */
  readonly length: number
  readonly replacement: string
}

/**
 * Applies the edits of a result to its input, which gives the `text` of that result.
 *
 * The edits are in the order of their offsets and do not overlap, as `repairJson` returns them.
 */
export function applyEdits(text: string, edits: readonly RepairEdit[]): string {
  if (edits.length === 0) return text
  const pieces: string[] = []
  let position = 0
  for (const { offset, length, replacement } of edits) {
    if (offset > position) pieces.push(text.slice(position, offset))
    if (replacement !== '') pieces.push(replacement)
    position = offset + length
  }
  pieces.push(text.slice(position))
  return pieces.join('')
}
