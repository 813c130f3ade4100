import { isPlain } from './freeze-plain.ts'

/**
 * Data of any make as JSON can hold it, however deep.
 *
 * @throws {TypeError} When the data holds itself.
 */
export function toJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
  const whole: { value?: unknown } = {}
  /** What is being written: it must not come again below itself. */
  const open = new Set<unknown>()
  const pending: ([holder: object, key: string, member: unknown] | [closed: unknown])[] = [[whole, 'value', value]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.length === 1) {
      open.delete(next[0])
      continue
    }
    const [holder, key, member] = next
    const written = writable(member)
    const copy = Array.isArray(written) ? [] : isPlain(written) ? {} : written
    Object.defineProperty(holder, key, { value: copy, enumerable: true, writable: true, configurable: true })
    if (copy === written) continue
    if (open.has(member)) throw new TypeError('serialize: "instance" must not hold itself: JSON has no circles.')
    open.add(member)
    pending.push([member])
    // From the last to the first, since the last one is taken next: keys keep their order.
    for (const [name, inner] of Object.entries(written as object).toReversed()) {
      pending.push([copy as object, name, inner])
    }
  }
  return whole.value
}

function writable(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Map || value instanceof Set) return [...value]
  if (typeof value !== 'object' || value === null || isPlain(value)) return value
  const { toJSON } = value as { toJSON?: (key: string) => unknown }
  return typeof toJSON === 'function' ? toJSON.call(value, '') : { ...(value as object) }
}
