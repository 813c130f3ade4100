/** Throws `TypeError` for a property of `value` that is none of `known`, calling the object `name`. */
export function checkKnownKeys(value: object, known: ReadonlySet<string>, name: string): void {
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue
    throw new TypeError(`Unknown property ${JSON.stringify(key)} of "${name}". Known: ${[...known].join(', ')}.`)
  }
}
