import { describeValue } from '@empire/errors'

interface Range {
  readonly least?: number
  readonly most?: number
  /** Whether a fraction is refused. */
  readonly whole?: boolean
  /** Whether `Infinity` is accepted. */
  readonly endless?: boolean
}

const greatest = Number.MAX_SAFE_INTEGER

/** @param name What the value is called in the message, with its place: `retry: "attempts"`. */
export function expectNumber(name: string, value: unknown, range: Range): asserts value is number {
  const { least = -greatest, most = greatest, whole = false, endless = false } = range
  if (endless && value === Infinity) return
  const fits = typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value))
  if (fits) return
  throw new TypeError(
    `${name} must be a ${whole ? 'whole ' : ''}number${bounds(least, most)}${endless ? ' or Infinity' : ''}, got ${describeValue(value)}.`,
  )
}

function bounds(least: number, most: number): string {
  if (most < greatest) return ` from ${least} to ${most}`
  return least > -greatest ? ` of at least ${least}` : ''
}

export function expectFunction(name: string, value: unknown): void {
  if (typeof value === 'function') return
  throw new TypeError(`${name} must be a function, got ${describeValue(value)}.`)
}

export function expectSignal(name: string, value: unknown): asserts value is AbortSignal | undefined {
  if (value === undefined) return
  // By its shape: signals of another realm, and of polyfills, are signals too.
  const { aborted, addEventListener } = (value ?? {}) as Record<string, unknown>
  if (typeof aborted === 'boolean' && typeof addEventListener === 'function') return
  throw new TypeError(`${name} must be an AbortSignal, got ${describeValue(value)}.`)
}

export function expectObject(name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) return
  throw new TypeError(`${name} must be an object, got ${describeValue(value)}.`)
}

export function expectClock(name: string, value: unknown): void {
  const { now, sleep } = (value ?? {}) as Record<string, unknown>
  if (typeof now === 'function' && typeof sleep === 'function') return
  throw new TypeError(`${name} must be an object with now() and sleep(), got ${describeValue(value)}.`)
}
