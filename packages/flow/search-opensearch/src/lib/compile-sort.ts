import type { CheckedRequest, CheckedSort, SortValue } from '@empire/search/backend'
import { fieldPaths } from './field-path.ts'

type FieldSort = Extract<CheckedSort, { type: 'field' }>

/** What stands for a missing value under the key that says that it is missing. */
const substitutes = { keyword: '', number: 0, date: 0, boolean: 0 } as const

/**
 * The sort of a search: of each field first whether there is a value, then the value, at last the id. The engine's own places for
 * missing values are numbers of 64 bits, which do not survive JSON in JavaScript.
 */
export function compileSort(sort: readonly CheckedSort[]): object[] {
  const keys = sort.flatMap((key): object[] => {
    if (key.type === 'score') return [{ _score: { order: 'desc' } }]
    const { absent, value } = fieldPaths(key.field)
    return [
      { [absent]: { order: key.missing === 'last' ? 'asc' : 'desc' } },
      {
        [value]: {
          order: key.order,
          mode: key.order === 'asc' ? 'min' : 'max',
          missing: substitutes[key.field.type],
        },
      },
    ]
  })
  return [...keys, { id: { order: 'asc' } }]
}

/** Where a search goes on behind a hit. */
export function compileAfter({ sort, after }: CheckedRequest): unknown[] | undefined {
  if (after === undefined) return undefined
  const values = sort.flatMap((key, at): unknown[] => {
    const value = after.sort[at] ?? null
    if (key.type === 'score') return [value]
    return value === null ? [1, substitutes[key.field.type]] : [0, typeof value === 'boolean' ? Number(value) : value]
  })
  return [...values, after.id]
}

/** The sort values of a hit, one per key. */
export function readSort(sort: readonly CheckedSort[], given: readonly unknown[]): SortValue[] {
  let at = 0
  return sort.map((key) => {
    if (key.type === 'score') return given[at++] as number
    const isAbsent = Number(given[at++]) === 1
    const value = given[at++]
    return isAbsent ? null : readSortValue(key, value)
  })
}

function readSortValue({ field }: FieldSort, value: unknown): SortValue {
  if (field.type === 'boolean') return value === true || value === 1 || value === 'true'
  return value as string | number
}
