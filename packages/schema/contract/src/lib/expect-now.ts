/** Refuses a promise where a call has to answer at once. */
export function expectNow<Value>(value: Value | Promise<Value>, what: string): Value {
  if (!(value instanceof Promise)) return value
  // Nobody waits for it any more.
  value.catch(() => undefined)
  throw new TypeError(`contract: ${what} must be a schema that answers at once, got one that answers with a promise.`)
}
