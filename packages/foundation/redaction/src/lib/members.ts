/** What has members that a log or a record would show. */
export type Holder = object

/** What a log or a record would show of the value: the result of its `toJSON()`, if it has one. */
export function dataOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isOpaque(value)) return value
  return 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON() as unknown) : value
}

export function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && !isOpaque(value)
}

/** Dates and bytes have no members to look into. */
function isOpaque(value: object): boolean {
  return value instanceof Date || ArrayBuffer.isView(value)
}

/** Calls `visit` for each member until it returns true. Keys are strings or symbols, those of a `Map` anything. */
export function someMember(holder: Holder, visit: (key: unknown, member: unknown) => boolean): boolean {
  if (Array.isArray(holder)) return holder.some((member: unknown, index) => visit(index, member))
  if (holder instanceof Map) return [...holder].some(([key, member]) => visit(key, member))
  if (holder instanceof Set) return [...holder].some((member) => visit(undefined, member))
  const record = holder as Record<PropertyKey, unknown>
  // Message and stack of an error are not enumerable.
  if (holder instanceof Error) return Reflect.ownKeys(holder).some((key) => visit(key, record[key]))
  for (const key of Object.keys(holder)) if (visit(key, record[key])) return true
  return Object.getOwnPropertySymbols(holder).some(
    (key) => Object.prototype.propertyIsEnumerable.call(holder, key) && visit(key, record[key]),
  )
}

/** An empty holder of the same kind; of an instance of a class, a plain object. */
export function emptyLike(holder: Holder): Holder {
  if (Array.isArray(holder)) return Object.assign([], { length: holder.length })
  if (holder instanceof Map) return new Map()
  if (holder instanceof Set) return new Set()
  if (holder instanceof Error) return Object.setPrototypeOf(new Error(), Object.getPrototypeOf(holder)) as Error
  return Object.getPrototypeOf(holder) === null ? (Object.create(null) as object) : {}
}

/** Adds a member as it is in the original: a key such as `__proto__` is one like any other. */
export function setMember(copy: Holder, original: Holder, key: unknown, name: unknown, member: unknown): void {
  if (copy instanceof Map) copy.set(name, member)
  else if (copy instanceof Set) copy.add(member)
  else {
    const enumerable = Object.prototype.propertyIsEnumerable.call(original, key as PropertyKey)
    Object.defineProperty(copy, name as PropertyKey, { value: member, enumerable, writable: true, configurable: true })
  }
}
