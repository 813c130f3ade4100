import { redact } from '@empire/redaction'
import type { Attributes, AttributeValue } from '@opentelemetry/api'

const mostRemembered = 1000
const longestRemembered = 256

/** What became of texts by their names: attributes are few and come again and again. */
const remembered = new Map<string, Map<string, string>>()
let rememberedCount = 0

/** The attributes without secrets: themselves when they hold none. */
export function redactAttributes(attributes: Attributes): Attributes
export function redactAttributes(attributes: Attributes | undefined): Attributes | undefined
export function redactAttributes(attributes: Attributes | undefined): Attributes | undefined {
  if (attributes === undefined) return undefined
  let safe = attributes
  for (const name of Object.keys(attributes)) {
    const value = attributes[name]
    const redacted = redactAttribute(name, value)
    if (redacted === value) continue
    if (safe === attributes) safe = { ...attributes }
    safe[name] = redacted
  }
  return safe
}

function redactAttribute(name: string, value: AttributeValue | undefined): AttributeValue | undefined {
  if (typeof value !== 'string') return typeof value === 'object' ? redactNamed(name, value) : value
  const known = remembered.get(name)?.get(value)
  if (known !== undefined) return known
  const redacted = redactNamed(name, value) as string
  if (name.length + value.length <= longestRemembered) remember(name, value, redacted)
  return redacted
}

/** Under its name, which may say by itself that it is a secret. */
function redactNamed(name: string, value: AttributeValue): AttributeValue | undefined {
  return redact({ [name]: value })[name]
}

function remember(name: string, value: string, redacted: string): void {
  if (++rememberedCount > mostRemembered) {
    remembered.clear()
    rememberedCount = 1
  }
  const values = remembered.get(name) ?? new Map<string, string>()
  remembered.set(name, values.set(value, redacted))
}
