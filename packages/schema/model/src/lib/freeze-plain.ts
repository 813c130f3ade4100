/** Values that were copied and frozen here. */
const frozen = new WeakSet<object>()

/** Deeper values are copied without recursion, which takes longer. */
const deepest = 64

type Members = Record<PropertyKey, unknown>

/**
 * A frozen copy of arrays and plain objects, and of those in them. What is not plain (a date, a map, an instance of a class) is
 * the same object in the copy. What was made here is not copied again.
 */
export function freezePlain<Value>(value: Value): Value {
  if (!isPlain(value) || frozen.has(value)) return value
  const copy = copyTree(value, 0) ?? copyGraph(value)
  frozen.add(copy)
  return copy as Value
}

export function wasFrozenHere(value: object): boolean {
  return frozen.has(value)
}

/** `undefined` for what is too deep, as circles are. */
function copyTree(value: object, depth: number): object | undefined {
  if (depth === deepest) return undefined
  if (Array.isArray(value)) {
    const items: unknown[] = []
    for (const item of value as unknown[]) {
      const copy = copyPart(item, depth)
      if (copy === undefined && item !== undefined) return undefined
      items.push(copy)
    }
    return Object.freeze(items)
  }
  const members = emptyLike(value)
  for (const key of keysOf(value)) {
    const member = (value as Members)[key]
    const copy = copyPart(member, depth)
    if (copy === undefined && member !== undefined) return undefined
    setMember(members, key, copy)
  }
  return Object.freeze(members)
}

function copyPart(part: unknown, depth: number): unknown {
  return isPlain(part) && !frozen.has(part) ? copyTree(part, depth + 1) : part
}

function copyGraph(value: object): object {
  const copies = new Map<object, Members>()
  const pending: object[] = []
  const whole = copyOf(value) as object
  for (let source = pending.pop(); source !== undefined; source = pending.pop()) {
    const copy = copies.get(source) as Members
    for (const key of keysOf(source)) setMember(copy, key, copyOf((source as Members)[key]))
    Object.freeze(copy)
  }
  return whole

  function copyOf(part: unknown): unknown {
    if (!isPlain(part) || frozen.has(part)) return part
    let copy = copies.get(part)
    if (copy === undefined) {
      copy = emptyLike(part)
      copies.set(part, copy)
      pending.push(part)
    }
    return copy
  }
}

function keysOf(value: object): readonly PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(value)
  return symbols.length === 0 ? Object.keys(value) : [...Object.keys(value), ...symbols]
}

function emptyLike(value: object): Members {
  if (Array.isArray(value)) return Array.from({ length: value.length }) as unknown as Members
  return Object.getPrototypeOf(value) === null ? (Object.create(null) as Members) : {}
}

/** A key such as `__proto__` is one like any other. */
function setMember(copy: Members, key: PropertyKey, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(copy, key, { value, enumerable: true })
  else copy[key] = value
}

/** Whether a value is an array or an object without a class. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
