import { isTruthy } from '../expression/condition.ts'
import type { Run } from '../render/run.ts'
import { isPlainObject } from '../values/is-plain-object.ts'
import { jsonOf } from '../values/json-of.ts'
import { keysOf } from '../values/keys-of.ts'
import { toInteger } from '../values/to-number.ts'
import { dateFilters } from './date-filters.ts'
import { encodingFilters } from './encoding-filters.ts'
import { type Filter, filterOf } from './filter.ts'
import { itemFilters } from './item-filters.ts'
import { listChangeFilters } from './list-change-filters.ts'
import { listFilters } from './list-filters.ts'
import { numberFilters } from './number-filters.ts'
import { textFilters } from './text-filters.ts'
import { wordFilters } from './word-filters.ts'

/** What takes the place of nil, false and what is empty. */
const defaultFilter: Filter = {
  least: 0,
  most: 1,
  names: ['allow_false'],
  apply(run, value, [replacement = ''], named) {
    if (value === false && named.some(([, allowed]) => isTruthy(allowed))) return value
    return isTruthy(value) && !isEmpty(value, run) ? value : replacement
  },
}

function isEmpty(value: unknown, run: Run): boolean {
  if (typeof value === 'string' || Array.isArray(value)) return value.length === 0
  return isPlainObject(value) && keysOf(value, run).length === 0
}

/** A value as JSON, on one line or indented by so many spaces. */
function json(takesCycles: boolean): Filter {
  return filterOf(0, 1, (run, value, indent = 0) =>
    jsonOf(value, run, { indent: Math.max(0, Math.min(10, toInteger(indent, run))), takesCycles }),
  )
}

/** The filters of the language, those of Jekyll and liquidjs, and `raw`, which goes around the escape of the engine. */
export const standardFilters: ReadonlyMap<string, Filter> = new Map(
  Object.entries({
    ...textFilters,
    ...wordFilters,
    ...encodingFilters,
    ...listFilters,
    ...listChangeFilters,
    ...itemFilters,
    ...numberFilters,
    ...dateFilters,
    default: defaultFilter,
    inspect: json(true),
    json: json(false),
    jsonify: json(false),
    raw: filterOf(0, 0, (_run, value) => value),
  }),
)
