import { isDeepStrictEqual } from 'node:util'

/** The faults of the fields that `expected` names. */
export function compareFields(prefix: string, expected: object, actual: Record<string, unknown>): string[] {
  return Object.entries(expected).flatMap(([key, value]) => compare(`${prefix}${key}`, value, actual[key]))
}

/** Like `compareFields`, and refuses entries that are not expected. */
export function compareEntries(
  label: string,
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
): string[] {
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)])
  return [...keys].flatMap((key) => compare(`${label}["${key}"]`, expected[key], actual[key]))
}

/** The fault of one field of package.json, if it has one. */
export function compare(label: string, expected: unknown, actual: unknown): string[] {
  if (isDeepStrictEqual(expected, actual)) return []
  const wish = expected === undefined ? 'should not be there' : `should be ${show(expected)}`
  return [`package.json: ${label} ${wish}, is ${show(actual)}.`]
}

/** The value when it is an object, else an empty one. */
export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** A value as JSON has it. */
export function show(value: unknown): string {
  return JSON.stringify(value) ?? 'missing'
}
