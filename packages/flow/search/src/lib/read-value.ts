import type { CheckedField } from './checked-schema.ts'

/** What values of a type look like, for messages. */
export const valueForms: Readonly<Record<Exclude<CheckedField['type'], 'vector'>, string>> = {
  text: 'a well-formed string',
  keyword: 'a well-formed string',
  number: 'a finite number',
  date: 'a date in ISO 8601 such as "2026-11-28" or "2026-11-28T10:00:00Z"',
  boolean: 'true or false',
}

/** A value as backends keep it, or `undefined` for one that is not of the type. */
export function readValue(type: keyof typeof valueForms, value: unknown): string | number | boolean | undefined {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value + 0 : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'date':
      return readDate(value)
    default:
      return typeof value === 'string' && value.isWellFormed() ? value : undefined
  }
}

/** Without a zone a time would mean another moment on each machine. */
const moment = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/

function readDate(value: unknown): number | undefined {
  const milliseconds =
    value instanceof Date
      ? value.getTime()
      : typeof value === 'string' && moment.test(value)
        ? readMoment(value)
        : Number.NaN
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

/** The engine takes 30 February for 1 March. */
function readMoment(text: string): number {
  const day = text.slice(0, 10)
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return Number.NaN
  return Date.parse(text)
}
