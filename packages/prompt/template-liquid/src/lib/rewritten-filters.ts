// oxlint-disable no-underscore-dangle -- liquidjs names so what its filters call
import { type Context, type FilterImplOptions, toValue } from 'liquidjs'
import { listOf, textOf } from './filter-input.ts'
import { Stopwatch } from './stopwatch.ts'

/** What liquidjs calls as a filter. */
export type Filter = Extract<FilterImplOptions, (...args: never[]) => unknown>

/** Filters of liquidjs that do all their work in one call, here with a look at the clock in their loops. */
export const rewrittenFilters: Readonly<Record<string, Filter>> = {
  sort: sorter(compare),
  sort_natural: sorter((left, right) => compare(folded(left), folded(right))),

  *sum(list: unknown, property: unknown) {
    const stopwatch = new Stopwatch(this.context)
    let total = 0
    for (const { key } of yield* withKeys(this.context, listOf(list), property)) {
      stopwatch.step(key)
      total += Number(key) || 0
    }
    return total
  },

  uniq(list: unknown) {
    const items = listOf(list)
    this.context.memoryLimit.use(items.length)
    const stopwatch = new Stopwatch(this.context)
    const found = new Set<unknown>()
    for (const item of items) {
      stopwatch.step(item)
      found.add(item)
    }
    return [...found]
  },

  // liquidjs sorts by chance, which takes longer and prefers some orders.
  sample(input: unknown, count: unknown = 1) {
    const value: unknown = toValue(input)
    if (value === undefined || value === null) return []
    const whole: readonly unknown[] | string = Array.isArray(value) ? value : textOf(value)
    this.context.memoryLimit.use(whole.length)
    const items = [...whole]
    for (let index = items.length - 1; index > 0; index--) {
      const other = Math.floor(Math.random() * (index + 1))
      const item = items[index]
      items[index] = items[other]
      items[other] = item
    }
    return count === 1 ? items[0] : items.slice(0, Number(count))
  },
}

function sorter(order: (left: unknown, right: unknown) => number): Filter {
  return function* sort(list: unknown, property: unknown) {
    const items = listOf(list)
    this.context.memoryLimit.use(items.length)
    const stopwatch = new Stopwatch(this.context)
    const keyed = yield* withKeys(this.context, items, property)
    keyed.sort((left, right) => {
      stopwatch.step(left.key, right.key)
      return order(left.key, right.key)
    })
    return keyed.map(({ item }) => item)
  }
}

interface Keyed {
  readonly item: unknown
  readonly key: unknown
}

/** The items with what they have at the path `property`; without a path, with themselves. */
function* withKeys(
  context: Context,
  items: readonly unknown[],
  property: unknown,
): Generator<unknown, Keyed[], unknown> {
  if (!property) return items.map((item) => ({ item, key: item }))
  const path = textOf(property)
  const keyed: Keyed[] = []
  for (const item of items) keyed.push({ item, key: yield context._getFromScope(item, path, false) })
  return keyed
}

/** Nil comes last. */
function compare(left: unknown, right: unknown): number {
  const nils = Number(isNil(left)) - Number(isNil(right))
  if (nils !== 0 || isNil(left)) return nils
  // Whatever the values are, as in `<` of a template.
  const [first, second] = [left as string, right as string]
  return first < second ? -1 : first > second ? 1 : 0
}

function folded(value: unknown): unknown {
  return isNil(value) ? value : String(value).toLowerCase()
}

function isNil(value: unknown): boolean {
  return value === undefined || value === null
}
