import { describeValue } from '@empire/errors'

interface Needing {
  readonly name: string
  readonly needs?: readonly string[] | undefined
}

/**
 * The children such that each comes after those it needs, otherwise in the order given.
 *
 * @throws {TypeError} for names that are missing, doubled or unknown, and for needs that go in a circle.
 */
export function orderChildren<Item extends Needing>(children: readonly Item[]): Item[] {
  const byName = new Map<string, Item>()
  for (const child of children) {
    if (byName.has(child.name)) {
      throw new TypeError(`"children" must have different names, got ${JSON.stringify(child.name)} twice.`)
    }
    byName.set(child.name, child)
  }
  const ordered = new Set<Item>()
  for (const child of children) placeWithNeeds(child, byName, ordered)
  return [...ordered]
}

/** Adds a child after all it needs. Not recursive: a chain of needs may be long. */
function placeWithNeeds<Item extends Needing>(
  start: Item,
  byName: ReadonlyMap<string, Item>,
  ordered: Set<Item>,
): void {
  const path = [{ child: start, next: 0 }]
  const onPath = new Set([start])
  for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
    const { child } = step
    const need = ordered.has(child) ? undefined : child.needs?.[step.next]
    if (need === undefined) {
      ordered.add(child)
      onPath.delete(child)
      path.pop()
      continue
    }
    step.next += 1
    const needed = byName.get(need)
    if (needed === undefined) {
      throw new TypeError(
        `"needs" of ${JSON.stringify(child.name)} must name siblings, got ${describeValue(need)}: there is none.`,
      )
    }
    if (onPath.has(needed)) {
      const names = path.map((at) => at.child.name)
      const circle = [...names.slice(names.indexOf(needed.name)), needed.name].map((name) => JSON.stringify(name))
      throw new TypeError(`"needs" must not go in a circle, got ${circle.join(' → ')}.`)
    }
    if (ordered.has(needed)) continue
    path.push({ child: needed, next: 0 })
    onPath.add(needed)
  }
}
