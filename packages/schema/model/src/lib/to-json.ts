import { isPlain } from './freeze-plain.ts'

/** Data of any make as JSON can hold it, however deep. */
export function toJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return writable(value)
  const whole: { value?: unknown } = {}
  const pending: [holder: object, key: string, member: unknown][] = [[whole, 'value', value]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [holder, key, member] = next
    const written = writable(member)
    const copy = Array.isArray(written) ? [] : isPlain(written) ? {} : written
    Object.defineProperty(holder, key, { value: copy, enumerable: true, writable: true, configurable: true })
    if (copy === written) continue
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
