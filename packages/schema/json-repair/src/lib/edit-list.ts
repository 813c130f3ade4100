import type { RepairEdit } from './repair-edit.ts'
import type { RepairKind } from './repair-kind.ts'

/** Collects edits, mostly in the order of their offsets. */
export interface EditList {
  readonly size: number
  add(kind: RepairKind, offset: number, length: number, replacement: string): void
  /** Takes back the edits from index `size` on that begin at or behind `offset`. */
  rewind(size: number, offset: number): void
  /** The edit that was added last. */
  last(): RepairEdit | undefined
  /** Takes back all edits at the end of the list that begin at or behind `offset`. */
  rewindTo(offset: number): void
  /** All edits in the order of their offsets; insertions stand before what replaces the same place. */
  sorted(): RepairEdit[]
}

export function createEditList(): EditList {
  const edits: RepairEdit[] = []
  let inOrder = true
  return {
    get size() {
      return edits.length
    },
    add(kind, offset, length, replacement) {
      const last = edits[edits.length - 1]
      if (last !== undefined && (last.offset > offset || (last.offset === offset && last.length > 0 && length === 0))) {
        inOrder = false
      }
      edits.push({ kind, offset, length, replacement })
    },
    rewind(size, offset) {
      while (edits.length > size && (edits.at(-1)?.offset ?? -1) >= offset) edits.pop()
    },
    last: () => edits.at(-1),
    rewindTo(offset) {
      while ((edits.at(-1)?.offset ?? -1) >= offset) edits.pop()
    },
    sorted() {
      // The sort is stable: insertions at one place stay in the order in which they were made.
      if (!inOrder) edits.sort((a, b) => a.offset - b.offset || Math.sign(a.length) - Math.sign(b.length))
      return edits
    },
  }
}
