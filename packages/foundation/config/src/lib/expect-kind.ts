import { describeValue } from '@empire/errors'

/** Throws unless `value` has a type in the sense of `typeof`, and is not `null`. */
export function expectKind(name: string, value: unknown, type: 'boolean' | 'function' | 'object'): void {
  if (typeof value === type && value !== null) return
  throw new TypeError(`${name} must be ${type === 'object' ? 'an' : 'a'} ${type}, got ${describeValue(value)}.`)
}

export function expectSignal(signal: AbortSignal | undefined): void {
  if (signal === undefined || typeof (signal as Partial<AbortSignal> | null)?.throwIfAborted === 'function') return
  throw new TypeError(`signal must be an AbortSignal, got ${describeValue(signal)}.`)
}
