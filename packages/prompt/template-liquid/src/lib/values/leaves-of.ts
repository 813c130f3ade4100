import { limitFailure } from '../render/liquid-failure.ts'

/**
 * The elements of a list and of the lists in it, in order. Fails for a list that holds itself.
 *
 * Without recursion, for lists may be nested to any depth.
 *
 * @param onList Is told each list in it, before its elements.
 */
export function* leavesOf(whole: readonly unknown[], onList?: (list: readonly unknown[]) => void): Generator<unknown> {
  const open = [{ list: whole, next: 0 }]
  const above = new Set<unknown>([whole])
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (top.next === top.list.length) {
      open.pop()
      above.delete(top.list)
      continue
    }
    const item: unknown = top.list[top.next++]
    if (!Array.isArray(item)) {
      yield item
      continue
    }
    if (above.has(item)) throw limitFailure('depth')
    onList?.(item)
    above.add(item)
    open.push({ list: item, next: 0 })
  }
}
