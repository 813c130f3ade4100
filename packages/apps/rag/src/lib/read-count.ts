import { UsageError } from './usage-error.ts'

/** The number that an option was given. */
export function readCount(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const count = Number(value)
  if (/^\d+$/.test(value) && Number.isSafeInteger(count) && count > 0) return count
  throw new UsageError(`--${name} takes a whole number from 1, got "${value}".`)
}
