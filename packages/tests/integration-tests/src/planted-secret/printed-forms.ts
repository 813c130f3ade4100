import { inspect } from 'node:util'

/** Everything that a program may print of a value, and the bytes of a file as text. */
export function printedForms(value: unknown): string {
  if (typeof value === 'string') return value
  if (Buffer.isBuffer(value)) return `${value.toString('latin1')}\n${value.toString('utf8')}`
  const forms = [
    inspect(value, { depth: Infinity, maxArrayLength: null, maxStringLength: null, breakLength: 120 }),
    inspect(value, { depth: Infinity, maxArrayLength: null, maxStringLength: null, getters: 'get', showProxy: true }),
    attemptText(() => String(value)),
    attemptText(() => JSON.stringify(value)),
  ]
  if (value instanceof Error) forms.push(value.message, value.stack ?? '', JSON.stringify({ ...value }))
  return forms.join('\n')
}

/** What has circles is no JSON, and what has no text has none. */
function attemptText(write: () => string | undefined): string {
  try {
    return write() ?? ''
  } catch {
    return ''
  }
}
