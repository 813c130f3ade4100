import { isTruthy, orderOf } from '../expression/condition.ts'
import { renderFailure } from '../render/liquid-failure.ts'
import type { Run } from '../render/run.ts'
import { add } from '../values/decimal.ts'
import { firstCodePoint, lastCodePoint } from '../values/code-points.ts'
import { equalValues } from '../values/equal-values.ts'
import { Float } from '../values/float.ts'
import { isPlainObject } from '../values/is-plain-object.ts'
import { jsonOf } from '../values/json-of.ts'
import { LiquidRange } from '../values/liquid-range.ts'
import { listOf } from '../values/list-of.ts'
import { printValue } from '../values/print-value.ts'
import { firstPair } from '../values/property.ts'
import { codeUnitsBefore } from '../values/search-text.ts'
import { type LiquidNumber, toNumber } from '../values/to-number.ts'
import { type Filter, filterOf } from './filter.ts'
import { hasProperties, itemProperty } from './item-property.ts'

type Test = (item: unknown) => boolean

/** A filter that looks for the items whose property is truthy, or equals a value; `nothing` of an empty list. */
function search(nothing: unknown, find: (list: readonly unknown[], test: Test) => unknown): Filter {
  return filterOf(1, 2, (run, value, property, target) => {
    const list = listOf(value, run)
    if (list.length === 0) return nothing
    if (!list.every(hasProperties)) return null
    return find(list, (item) => {
      run.step()
      const found = itemProperty(item, property, run)
      return target === undefined || target === null ? isTruthy(found) : equalValues(found, target, run)
    })
  })
}

/** A filter that sorts by the items, or by what they have under a property. Nil comes last. */
function sorter(order: (run: Run, left: unknown, right: unknown) => number): Filter {
  return filterOf(0, 1, (run, value, property) => {
    const list = listOf(value, run)
    const hasKey = property !== undefined && property !== null
    if (hasKey && !list.every(hasProperties)) return null
    const keyed = list.map((item) => {
      run.step()
      return { item, key: hasKey ? itemProperty(item, property, run) : item }
    })
    keyed.sort((left, right) => {
      run.step()
      const nils = Number(isNil(left.key)) - Number(isNil(right.key))
      return nils !== 0 || isNil(left.key) ? nils : order(run, left.key, right.key)
    })
    return keyed.map(({ item }) => item)
  })
}

/** Filters that take lists. What is no list is the only element of one. */
export const listFilters: Readonly<Record<string, Filter>> = {
  where: search(Object.freeze([]), (list, test) => list.filter(test)),
  reject: search(Object.freeze([]), (list, test) => list.filter((item) => !test(item))),
  has: search(false, (list, test) => list.some(test)),
  find: search(null, (list, test) => list.find(test) ?? null),
  find_index: search(null, (list, test) => {
    const index = list.findIndex(test)
    return index === -1 ? null : index
  }),

  sort: sorter((run, left, right) => {
    const order = orderOf(left, right, run)
    if (order !== undefined) return order
    if (equalValues(left, right, run)) return 0
    throw renderFailure('Values of different kinds cannot be sorted.')
  }),
  sort_natural: sorter((run, left, right) => {
    const [first, second] = [folded(left, run), folded(right, run)]
    run.work(first.length + second.length)
    return codeUnitsBefore(first, second)
  }),

  map: filterOf(1, 1, (run, value, property) =>
    listOf(value, run).map((item) => {
      run.step()
      return hasProperties(item) ? itemProperty(item, property, run) : null
    }),
  ),
  compact: filterOf(0, 1, (run, value, property) => {
    const list = listOf(value, run)
    if (isNil(property)) return list.filter((item) => !isNil(item))
    if (!list.every(hasProperties)) return null
    return list.filter((item) => {
      run.step()
      return !isNil(itemProperty(item, property, run))
    })
  }),
  uniq: filterOf(0, 1, (run, value, property) => {
    const list = listOf(value, run)
    const found = new Map<unknown, unknown>()
    if (!isNil(property) && !list.every(hasProperties)) return null
    for (const item of list) {
      const key = identity(isNil(property) ? item : itemProperty(item, property, run), run)
      if (!found.has(key)) found.set(key, item)
    }
    return [...found.values()]
  }),
  sum: filterOf(0, 1, (run, value, property) => {
    const list = listOf(value, run)
    const hasKey = !isNil(property)
    const values = hasKey
      ? list.map((item) => {
          run.step()
          return hasProperties(item) ? itemProperty(item, property, run) : 0
        })
      : list
    let total: LiquidNumber = 0
    for (const item of listOf(values, run)) {
      run.step(typeof item === 'string' ? item.length : 0)
      total = add(total, toNumber(item, run))
    }
    return total
  }),

  concat: filterOf(1, 1, (run, value, other) => {
    if (!Array.isArray(other)) throw renderFailure('The filter "concat" takes a list.')
    run.use(other.length)
    return [...listOf(value, run), ...(other as unknown[])]
  }),
  reverse: filterOf(0, 0, (run, value) => listOf(value, run).toReversed()),
  first: filterOf(0, 0, (run, value) => {
    if (typeof value === 'string') return firstCodePoint(value)
    if (Array.isArray(value)) return (value[0] as unknown) ?? null
    if (value instanceof LiquidRange) return value.first
    return isPlainObject(value) ? firstPair(value, run) : null
  }),
  last: filterOf(0, 0, (_run, value) => {
    if (typeof value === 'string') return lastCodePoint(value)
    if (Array.isArray(value)) return (value.at(-1) as unknown) ?? null
    return value instanceof LiquidRange ? value.last : null
  }),
}

function isNil(value: unknown): value is null | undefined {
  return value === undefined || value === null
}

function folded(value: unknown, run: Run): string {
  return printValue(value, run).replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Equal for values that are equal and of one kind. */
export function identity(value: unknown, run: Run): unknown {
  run.step(typeof value === 'string' ? value.length : 0)
  if (isNil(value)) return null
  if (value instanceof Float) return `float ${value.value}`
  if (typeof value !== 'object') return value
  const text = jsonOf(value, run)
  run.work(text.length)
  return `json ${text}`
}
