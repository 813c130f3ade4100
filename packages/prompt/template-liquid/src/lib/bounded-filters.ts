import { assert, type Context, type FilterImplOptions, filters } from 'liquidjs'
import { checkTime } from './bounded-context.ts'
import { rehearseSearch } from './bounded-search.ts'
import { listOf, numberOf, textOf } from './filter-input.ts'
import { type Filter, rewrittenFilters } from './rewritten-filters.ts'

/** Looks at what a filter gets, before it does; may replace arguments. */
type Guard = (context: Context, value: unknown, args: unknown[]) => void

const parsed: Guard = ({ opts }, _value, [, expression]) =>
  assert(textOf(expression).length <= opts.parseLimit, 'parse length limit exceeded')

const searched: Guard = (context, value, [needle]) =>
  rehearseSearch(textOf(value), textOf(needle), context, (part, text) => void part.split(text))

const searchedBackwards: Guard = (context, value, [needle]) =>
  rehearseSearch(textOf(value), textOf(needle), context, (part, text) => void part.lastIndexOf(text))

const nested: Guard = (context, value, args) => {
  chargeNested(context, listOf(value))
  chargeNested(context, args)
}

/** Of filters whose cost is a product. */
const guards: Readonly<Record<string, Guard>> = {
  where_exp: parsed,
  reject_exp: parsed,
  group_by_exp: parsed,
  has_exp: parsed,
  find_exp: parsed,
  find_index_exp: parsed,
  split: searched,
  replace: searched,
  replace_first: searched,
  remove: searched,
  remove_first: searched,
  replace_last: searchedBackwards,
  remove_last: searchedBackwards,
  push: nested,
  unshift: nested,
  concat(context, value, [list]) {
    chargeNested(context, listOf(value))
    chargeNested(context, listOf(list))
  },
  // Both compare an index with them for each character: with a text of digits, or a list, that takes its time.
  slice(_context, _value, args) {
    args.splice(0, 2, ...args.slice(0, 2).map(numberOf))
  },
  truncate(_context, _value, args) {
    args.splice(0, 1, ...args.slice(0, 1).map(numberOf))
  },
}

/** The filters of liquidjs, with a look at the clock before each, and within those whose cost is a product. */
export const boundedFilters: Readonly<Record<string, FilterImplOptions>> = Object.fromEntries(
  Object.entries({ ...filters, ...rewrittenFilters }).map(([name, filter]) => [
    name,
    typeof filter === 'function' ? bounded(filter, guards[name]) : filter,
  ]),
)

function bounded(filter: Filter, guard: Guard | undefined): Filter {
  return function guarded(value, ...args: unknown[]) {
    checkTime(this.context)
    guard?.(this.context, value, args)
    return filter.call(this, value, ...args)
  }
}

/** Lists in lists are a text of any length in a few references. */
function chargeNested({ memoryLimit }: Context, list: readonly unknown[]): void {
  const waiting = [list]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const item of next) {
      if (!Array.isArray(item)) continue
      memoryLimit.use(1 + item.length)
      waiting.push(item)
    }
  }
}
