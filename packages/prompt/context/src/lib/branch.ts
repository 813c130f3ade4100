/**
 * A part of a tree of growing lists. A list is a branch and a length: the own items of the branch, before them the first
 * `start` items of the parent.
 *
 * Items are only ever added at the end, so every list that was handed out stays what it was, and lists with a common
 * beginning share it.
 */
export class Branch<Item> {
  readonly parent: Branch<Item> | undefined
  readonly start: number
  readonly items: Item[]

  constructor(parent?: Branch<Item>, start = 0, items: Item[] = []) {
    this.parent = parent
    this.start = start
    this.items = items
  }
}

/** The branch in which `item` follows the first `length` items of `branch`: itself if these are all, else a new one. */
export function appendItem<Item>(branch: Branch<Item>, length: number, item: Item): Branch<Item> {
  let owner = branch
  while (owner.parent !== undefined && length <= owner.start) owner = owner.parent
  if (owner.start + owner.items.length !== length) owner = new Branch(length === 0 ? undefined : owner, length)
  owner.items.push(item)
  return owner
}

/** The items from `start` on of the list of `length` items. */
export function listItems<Item>(branch: Branch<Item>, length: number, start = 0): Item[] {
  const parts: Item[][] = []
  let end = length
  for (let part: Branch<Item> | undefined = branch; part !== undefined && end > start; part = part.parent) {
    if (end <= part.start) continue
    parts.push(part.items.slice(Math.max(start - part.start, 0), end - part.start))
    end = part.start
  }
  return parts.toReversed().flat()
}
