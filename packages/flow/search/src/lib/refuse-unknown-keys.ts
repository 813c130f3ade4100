/** A misspelt option that is ignored widens results without a word. */
export function refuseUnknownKeys(path: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown === undefined) return
  throw new TypeError(`"${path}" must have no key but ${known.map((key) => `"${key}"`).join(', ')}, got "${unknown}".`)
}
