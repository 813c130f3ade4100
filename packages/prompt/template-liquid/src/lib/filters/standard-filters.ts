import { isTruthy } from '../expression/condition.ts'
import { jsonOf } from '../render/escapes.ts'
import type { Run } from '../render/run.ts'
import { isPlainObject } from '../values/is-plain-object.ts'
import { keysOf } from '../values/keys-of.ts'
import { dateFilter } from './date-filter.ts'
import { encodingFilters } from './encoding-filters.ts'
import { type Filter, filterOf } from './filter.ts'
import { listFilters } from './list-filters.ts'
import { numberFilters } from './number-filters.ts'
import { textFilters } from './text-filters.ts'

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

/** The filters of the language, and two of ours: `json`, and `raw`, which goes around the escape of the engine. */
export const standardFilters: ReadonlyMap<string, Filter> = new Map(
  Object.entries({
    ...textFilters,
    ...encodingFilters,
    ...listFilters,
    ...numberFilters,
    date: dateFilter,
    default: defaultFilter,
    json: filterOf(0, 0, (run, value) => jsonOf(value, run)),
    raw: filterOf(0, 0, (_run, value) => value),
  }),
)
