import { toValue } from 'liquidjs'

/** What a filter takes a value for that should be text. */
export function textOf(input: unknown): string {
  const value: unknown = toValue(input)
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.map(textOf).join('') : String(value)
}

/** What a filter takes a value for that should be a list. */
export function listOf(input: unknown): readonly unknown[] {
  const value: unknown = toValue(input)
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** What a filter takes an argument for that should be a number, if it is there. */
export function numberOf(input: unknown): number | undefined {
  return input === undefined ? undefined : Number(toValue(input))
}
