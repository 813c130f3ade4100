import { closestName, describeValue } from '@empire/errors'

/** Throws a `TypeError` unless the options are an object with nothing but known members. */
export function expectOptions(options: unknown, known: readonly string[]): asserts options is object {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`"options" must be an object, got ${describeValue(options)}.`)
  }
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue
    const near = closestName(name, known)
    const question = near === undefined ? '' : ` Did you mean "${near}"?`
    throw new TypeError(`Unknown option "${name}". The options are: ${known.join(', ')}.${question}`)
  }
}

/** Throws a `TypeError` unless the value is one of the names. */
export function expectOneOf(name: string, value: unknown, names: readonly string[]): void {
  if (names.includes(value as string)) return
  const choice = names.map((each) => `"${each}"`).join(' or ')
  throw new TypeError(`"${name}" must be ${choice}, got ${describeValue(value)}.`)
}

/** Throws a `TypeError` unless the value is a whole number of at least 1, or `Infinity`. */
export function expectLimit(name: string, value: unknown): void {
  if (value === Infinity || (Number.isSafeInteger(value) && Number(value) >= 1)) return
  throw new TypeError(`"${name}" must be a whole number of at least 1, or Infinity, got ${describeValue(value)}.`)
}

/** Throws a `TypeError` unless the value is a function. */
export function expectFunction(name: string, value: unknown): void {
  if (typeof value === 'function') return
  throw new TypeError(`"${name}" must be a function, got ${describeValue(value)}.`)
}
