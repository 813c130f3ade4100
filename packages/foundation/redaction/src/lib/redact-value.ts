import { isSecretName } from './is-secret-name.ts'
import { dataOf, emptyLike, type Holder, isHolder, setMember, someMember } from './members.ts'
import { redactionMark } from './secret-in-text.ts'

type RedactText = (text: string) => string

/** The value itself when it holds no secret, else a copy without. Linear, on a stack of its own. */
export function redactValue(value: unknown, redactText: RedactText): unknown {
  return holdsSecret(value, redactText) ? copyWithoutSecrets(value, redactText) : value
}

function holdsSecret(root: unknown, redactText: RedactText): boolean {
  // By what was found, not by what its toJSON() gives, which may be new each time.
  const seen = new Set<unknown>()
  const open: Holder[] = []
  const visit = (value: unknown): boolean => {
    if (typeof value === 'string') return redactText(value) !== value
    if (!isHolder(value) || seen.has(value)) return false
    seen.add(value)
    const data = dataOf(value)
    if (typeof data === 'string') return redactText(data) !== data
    if (isHolder(data)) open.push(data)
    return false
  }
  if (visit(root)) return true
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    const current = holder
    if (someMember(current, (key, member) => isHidden(current, key, member) || visit(key) || visit(member))) return true
  }
  return false
}

function copyWithoutSecrets(root: unknown, redactText: RedactText): unknown {
  const copies = new Map<unknown, unknown>()
  const open: { readonly holder: Holder; readonly copy: Holder }[] = []
  const copyOf = (value: unknown): unknown => {
    if (typeof value === 'string') return redactText(value)
    if (!isHolder(value)) return value
    if (copies.has(value)) return copies.get(value)
    const data = dataOf(value)
    if (!isHolder(data)) return typeof data === 'string' ? redactText(data) : data
    const copy = emptyLike(data)
    copies.set(value, copy)
    open.push({ holder: data, copy })
    return copy
  }
  const result = copyOf(root)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { holder, copy } = next
    let hiddenKeys = 0
    someMember(holder, (key, member) => {
      let name = copyOf(key)
      // Two secrets as keys must not become one.
      if (typeof name === 'string' && name !== key && ++hiddenKeys > 1) name = `${name} (${hiddenKeys})`
      setMember(copy, holder, key, name, isHidden(holder, key, member) ? hide(member) : copyOf(member))
      return false
    })
  }
  return result
}

function isHidden(holder: Holder, key: unknown, member: unknown): boolean {
  if (typeof key !== 'string' || !isSecretName(key) || !isScalar(member)) return false
  if (!/token$/i.test(key)) return true
  // A token may also be a number of a vocabulary, or a piece of text with its probability.
  return typeof member !== 'number' && !(key === 'token' && 'logprob' in holder)
}

/** Text or numbers, also in a list: what is neither is looked into instead. */
function isScalar(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((part) => !Array.isArray(part) && isScalar(part))
  return (
    (typeof value === 'string' && value !== '' && value !== redactionMark) ||
    typeof value === 'number' ||
    typeof value === 'bigint'
  )
}

function hide(value: unknown): unknown {
  return Array.isArray(value) ? value.map(() => redactionMark) : redactionMark
}
