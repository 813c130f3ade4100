import { isHeaderSecret } from './is-header-secret.ts'
import { isHarmlessValue, isSecretName } from './is-secret-name.ts'
import {
  dataOf,
  emptyLike,
  type Holder,
  isHolder,
  redactBytes,
  setMember,
  someMember,
  unreadable,
  unreadableMark,
} from './members.ts'
import type { PlainNames } from './plain-names.ts'
import { redactionMark } from './secret-in-text.ts'

type RedactText = (text: string) => string

/** The value itself when all of it could be read and none is a secret, else a copy. Linear, on a stack of its own. */
export function redactValue(value: unknown, redactText: RedactText, names: PlainNames): unknown {
  return holdsSecret(value, redactText, names) ? copyWithoutSecrets(value, redactText) : value
}

/** What cannot be read now may be read later, when nobody looks for secrets: it is taken for one. */
function holdsSecret(root: unknown, redactText: RedactText, names: PlainNames): boolean {
  try {
    return findsSecret(root, redactText, names)
  } catch {
    return true
  }
}

function findsSecret(root: unknown, redactText: RedactText, names: PlainNames): boolean {
  // By what was found, not by what its toJSON() gives, which may be new each time.
  const seen = new Set<unknown>()
  const open: Holder[] = []
  const visit = (value: unknown): boolean => {
    if (value === unreadable) return true
    if (typeof value === 'string') return redactText(value) !== value
    if (typeof value !== 'object' || value === null)
      return typeof value === 'symbol' && value !== redactSymbol(value, redactText)
    if (seen.has(value)) return false
    seen.add(value)
    if (value instanceof Uint8Array) return redactBytes(value, redactText) !== value
    const data = dataOf(value)
    if (typeof data === 'string') return redactText(data) !== data
    if (isHolder(data)) open.push(data)
    return false
  }
  if (visit(root)) return true
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    const current = holder
    const isSecret = (key: unknown, member: unknown): boolean => {
      if (!names.has(key)) {
        if (isHidden(current, key, member) || visit(key)) return true
        names.add(key)
      }
      return visit(member)
    }
    if (someMember(current, isSecret)) return true
  }
  return false
}

function copyWithoutSecrets(root: unknown, redactText: RedactText): unknown {
  const copies = new Map<unknown, unknown>()
  const open: { readonly holder: Holder; readonly copy: Holder }[] = []
  const copyReadable = (value: unknown): unknown => ifReadable(() => copyOf(value), unreadableMark)
  const copyOf = (value: unknown): unknown => {
    if (value === unreadable) return unreadableMark
    if (typeof value === 'string') return redactText(value)
    if (typeof value === 'symbol') return redactSymbol(value, redactText)
    if (value instanceof Uint8Array) return redactBytes(value, redactText)
    if (!isHolder(value)) return value
    if (copies.has(value)) return copies.get(value)
    const data = dataOf(value)
    if (!isHolder(data)) return typeof data === 'string' ? redactText(data) : data
    const copy = emptyLike(data)
    copies.set(value, copy)
    open.push({ holder: data, copy })
    return copy
  }
  const result = copyReadable(root)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { holder, copy } = next
    let hiddenKeys = 0
    const copyMember = (key: unknown, member: unknown): boolean => {
      let name = copyReadable(key)
      // Two secrets as keys must not become one.
      if (typeof name === 'string' && name !== key && ++hiddenKeys > 1) name = `${name} (${hiddenKeys})`
      setMember(copy, holder, key, name, isHidden(holder, key, member) ? hide(member) : copyReadable(member))
      return false
    }
    ifReadable(() => someMember(holder, copyMember), false)
  }
  return result
}

/** What hostile values do not tell: a proxy that is revoked, a `toJSON()` that throws. */
function ifReadable<Value>(task: () => Value, otherwise: Value): Value {
  try {
    return task()
  } catch {
    return otherwise
  }
}

function redactSymbol(symbol: symbol, redactText: RedactText): symbol {
  const { description } = symbol
  if (description === undefined) return symbol
  const redacted = redactText(description)
  return redacted === description ? symbol : Symbol(redacted)
}

/** Whether what stands under this key is a secret, whatever it is, for what it is called. */
export function isHidden(holder: Holder, key: unknown, member: unknown): boolean {
  if (Array.isArray(holder)) return isHeaderValue(holder, key, member)
  if (typeof key !== 'string') return false
  const name = key === 'value' || key === 'Value' ? (nameBeside(holder) ?? key) : key
  if (!isSecretName(name) || !isSecretData(member, name)) return false
  if (!/(?:token|pass)$/i.test(name)) return true
  // A token may also be a number of a vocabulary, or a piece of text with its probability; a pass one of a test.
  return typeof member !== 'number' && !(name === 'token' && 'logprob' in holder)
}

/** As in `{ name: 'DB_PASSWORD', value: 'x' }`. */
function nameBeside(holder: Holder): string | undefined {
  const { name, key, Name, Key } = holder as Readonly<Record<string, unknown>>
  return [name, key, Name, Key].find((each) => typeof each === 'string')
}

/** As in `['cookie', 'a=b']`, alone or one after the other. */
function isHeaderValue(list: readonly unknown[], index: unknown, member: unknown): boolean {
  const name: unknown = typeof index === 'number' && index % 2 === 1 ? list[index - 1] : undefined
  if (typeof name !== 'string' || typeof member !== 'string' || member === redactionMark) return false
  return headerName.test(name) && isHeaderSecret(name, member) && !isHarmlessValue(name, member)
}

const headerName = /^(?:(?:set-)?cookie|(?:proxy-)?authorization|(?:x-)?(?:goog-)?api-key)$/i
/** How far lists within lists are taken for one secret. */
const deepest = 8

/** Text or numbers, also in a list, a set or bytes: what is neither is looked into instead. */
function isSecretData(value: unknown, name: string, depth = 0): boolean {
  const data = ifReadable(() => dataOf(value), undefined)
  if (data instanceof Uint8Array) return data.length > 0
  if (data instanceof Set) return isSecretData([...data], name, depth + 1)
  if (Array.isArray(data)) {
    return depth < deepest && data.length > 0 && data.every((part) => isSecretData(part, name, depth + 1))
  }
  if (typeof data === 'string') return data !== '' && data !== redactionMark && !isHarmlessValue(name, data)
  return typeof data === 'number' || typeof data === 'bigint'
}

function hide(value: unknown): unknown {
  if (value instanceof Set) return new Set([redactionMark])
  return Array.isArray(value) ? value.map(hide) : redactionMark
}
