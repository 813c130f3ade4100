import { InstanceStamp } from './instance-stamp.ts'
import { setMember } from './set-member.ts'

/** Deeper values are copied without recursion, which takes longer. */
const deepest = 64

type Members = Record<PropertyKey, unknown>

/**
 * A frozen copy of arrays and plain objects, and of those in them. What is not plain (a date, a map, an instance of a class) is
 * the same object in the copy. Instances of models are not copied again.
 */
export function freezePlain<Value>(value: Value): Value {
  return copyPart(value, -1, copyGraph) as Value
}

/** Freezes an object whose members are frozen: an instance of a model. `owner` stands for the model. */
export function freezeInstance<Instance extends object>(instance: Instance, owner: object): Instance {
  // Without a `new`, the object would not be marked; what it gives is the object itself.
  return Object.freeze(new InstanceStamp(instance, owner)) as unknown as Instance
}

/** Whether an object is an instance of that model, and not just alike. */
export function isInstanceOf(value: object, owner: object): boolean {
  return InstanceStamp.ownerOf(value) === owner
}

function isInstance(value: object): boolean {
  return InstanceStamp.ownerOf(value) !== undefined
}

/** What is too deep, as circles are, is left to `otherwise`, for the whole of it. */
function copyPart(part: unknown, depth: number, otherwise?: (whole: object) => object): unknown {
  if (typeof part !== 'object' || !isPlain(part) || isInstance(part)) return part
  return copyTree(part, depth + 1) ?? otherwise?.(part)
}

/** `undefined` for what is too deep. */
function copyTree(value: object, depth: number): object | undefined {
  if (depth === deepest) return undefined
  if (Array.isArray(value)) {
    const items: unknown[] = []
    // By index: a hole is an item that is undefined.
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index]
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
    if (!isPlain(part) || isInstance(part)) return part
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

/** Whether a value is an array or an object without a class. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
