import { toSqlText } from '@empire/sqlite'

/** A value of a field, a bound or a sort key as it is stored. */
export function toSqlValue(value: string | number | boolean): string | number {
  return typeof value === 'string' ? toSqlText(value) : Number(value)
}
