import { isSecretName } from './is-secret-name.ts'
import { dataOf, emptyLike, type Holder, isHolder, setMember, someMember } from './members.ts'
import { redactionMark } from './secret-in-text.ts'

type RedactText = (text: string) => string

/** The value itself when it holds no secret, else a copy without. Linear, on a stack of its own. */
export function redactValue(value: unknown, redactText: RedactText): unknown {
  const data = dataOf(value)
  if (typeof data === 'string') return data === value || redactText(data) !== data ? redactText(data) : value
  if (!isHolder(data) || !holdsSecret(data, redactText)) return value
  return copyWithoutSecrets(data, redactText)
}

function holdsSecret(root: Holder, redactText: RedactText): boolean {
  const seen = new Set<Holder>([root])
  const open = [root]
  const visit = (value: unknown): boolean => {
    const data = dataOf(value)
    if (typeof data === 'string') return redactText(data) !== data
    if (isHolder(data) && !seen.has(data)) {
      seen.add(data)
      open.push(data)
    }
    return false
  }
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    const current = holder
    if (someMember(current, (key, member) => isHidden(current, key, member) || visit(key) || visit(member))) return true
  }
  return false
}

function copyWithoutSecrets(root: Holder, redactText: RedactText): Holder {
  const copies = new Map<Holder, Holder>()
  const open: Holder[] = []
  const copyOf = (value: unknown): unknown => {
    const data = dataOf(value)
    if (typeof data === 'string') return redactText(data)
    if (!isHolder(data)) return data
    let copy = copies.get(data)
    if (copy === undefined) {
      copy = emptyLike(data)
      copies.set(data, copy)
      open.push(data)
    }
    return copy
  }
  const result = copyOf(root) as Holder
  for (let original = open.pop(); original !== undefined; original = open.pop()) {
    const holder = original
    const copy = copies.get(holder) as Holder
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
