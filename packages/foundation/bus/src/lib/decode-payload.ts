/**
 * The payload of a JSON text, frozen in depth: listeners share it.
 *
 * @throws {SyntaxError} for what is not JSON.
 */
export function decodePayload(text: string): unknown {
  const payload: unknown = JSON.parse(text)
  const open: unknown[] = [payload]
  while (open.length > 0) {
    const value = open.pop()
    if (typeof value !== 'object' || value === null) continue
    for (const item of Object.values(value)) open.push(item)
    Object.freeze(value)
  }
  return payload
}
