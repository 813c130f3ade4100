import { isTruthy } from '../expression/condition.ts'
import { LiquidFailure, renderFailure } from '../render/liquid-failure.ts'
import type { ItemExpression, Run } from '../render/run.ts'
import { itemsIn } from '../values/items-in.ts'
import { itemsOf } from '../values/list-of.ts'
import { propertyOf } from '../values/property.ts'
import { type Filter, filterOf } from './filter.ts'
import { identity } from './list-filters.ts'
import { textOf } from './text-filters.ts'

type ValueOf = (item: unknown) => unknown

/** A filter that evaluates an expression for each item: `where_exp: "item", "item.year > 2000"`. */
function byExpression(
  listOf: (value: unknown, run: Run) => readonly unknown[],
  make: (list: readonly unknown[], valueOf: ValueOf, run: Run) => unknown,
): Filter {
  return {
    least: 2,
    most: 2,
    names: [],
    takesExpression: true,
    apply(run, value, [name, text], _named, inner) {
      const expression = inner ?? expressionOf(run, name, text)
      return expression.evaluateFor(run, (valueOf) => make(listOf(value, run), valueOf, run))
    },
  }
}

function expressionOf(run: Run, name: unknown, text: unknown): ItemExpression {
  const expression = textOf(run, text)
  run.step(expression.length)
  try {
    return run.settings.readExpression(textOf(run, name), expression)
  } catch (error) {
    if (!(error instanceof LiquidFailure) || error.code !== 'template_syntax') throw error
    // What it says would quote a value.
    throw renderFailure('The filter was given a text that is no expression, or has a filter that does not exist.')
  }
}

/** A filter that asks whether the expression holds for each item. */
function search(find: (list: readonly unknown[], test: (item: unknown) => boolean) => unknown): Filter {
  return byExpression(itemsIn, (list, valueOf) => find(list, (item) => isTruthy(valueOf(item))))
}

/** Filters of Jekyll and liquidjs that take expressions, or put items into groups. */
export const itemFilters: Readonly<Record<string, Filter>> = {
  where_exp: search((list, test) => list.filter(test)),
  reject_exp: search((list, test) => list.filter((item) => !test(item))),
  has_exp: search((list, test) => list.some(test)),
  find_exp: search((list, test) => list.find(test) ?? null),
  find_index_exp: search((list, test) => {
    const index = list.findIndex(test)
    return index === -1 ? null : index
  }),
  group_by_exp: byExpression(groupsIn, grouped),
  group_by: filterOf(1, 1, (run, value, property) => {
    const path = textOf(run, property).split('.')
    return grouped(groupsIn(value, run), (item) => itemAt(item, path, run), run)
  }),
}

/** The pairs of an object can be put into groups too. */
function groupsIn(value: unknown, run: Run): unknown[] {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return itemsIn(value, run)
  const items = itemsOf(value, run)
  run.use(items.length)
  return Array.from({ length: items.length }, (_, index) => items.at(index))
}

function itemAt(item: unknown, path: readonly string[], run: Run): unknown {
  run.step(path.length)
  return path.reduce<unknown>((value, key) => propertyOf(value, key, true, run), item)
}

/** What the items have in common, and which they are, in the order of the first of each; `size` is not listed, as in Jekyll. */
function grouped(list: readonly unknown[], valueOf: ValueOf, run: Run): unknown[] {
  const groups = new Map<unknown, { readonly name: unknown; readonly items: unknown[] }>()
  for (const item of list) {
    const name = valueOf(item) ?? null
    const key = identity(name, run)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { name, items: [item] })
    else group.items.push(item)
  }
  run.use(groups.size)
  return [...groups.values()].map((group) => Object.defineProperty(group, 'size', { value: group.items.length }))
}
