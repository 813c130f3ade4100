import { canonicalJson } from './canonical-json.ts'

/** The JSON of plain data. What is nested deeper than the stack of `JSON.stringify` allows has its keys sorted. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError) return canonicalJson(value)
    throw error
  }
}
