import { type Entries, platform } from './platform.ts'

/** What has members that a log or a record would show. */
export type Holder = object

/** What stands in a copy for a member that cannot be read: its getter, its `toJSON()` or its proxy throws. */
export const unreadableMark = '[unreadable]'

/** What is visited in the place of such a member. */
export const unreadable = Symbol('unreadable')

/** What a log or a record would show of the value: the result of its `toJSON()`, if it has one. */
export function dataOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if (!isPlain(value)) {
    if (isOpaque(value)) return value
    // oxlint-disable-next-line no-instanceof-builtins -- a wrapper of another realm shows its characters as members
    if (value instanceof String) return String(value)
    // An exchange shows these, and none of them is its own.
    const { method, status, url, headers } = value as Readonly<Record<string, unknown>>
    if (tagOf(value) === 'Request') return { method, url, headers }
    if (tagOf(value) === 'Response') return { status, url, headers }
  }
  return 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON() as unknown) : value
}

export function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && (isPlain(value) || Array.isArray(value) || !isOpaque(value))
}

/** Dates, blobs and views of memory have no members to look into. */
function isOpaque(value: object): boolean {
  return value instanceof Date || value instanceof platform.Blob || ArrayBuffer.isView(value)
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** By its tag, for the classes of `fetch` are loaded when they are first named. */
function tagOf(value: object): unknown {
  return isPlain(value) ? undefined : (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]
}

function hasEntries(holder: Holder): holder is Entries {
  const tag = tagOf(holder)
  return tag === 'Headers' || tag === 'URLSearchParams' || tag === 'FormData'
}

/** Calls `visit` for each member until it returns true. Keys are strings or symbols, those of a `Map` anything. */
export function someMember(holder: Holder, visit: (key: unknown, member: unknown) => boolean): boolean {
  if (Array.isArray(holder)) return holder.some((member: unknown, index) => visit(index, member))
  if (!isPlain(holder)) {
    if (holder instanceof Map || hasEntries(holder)) return [...holder].some(([key, member]) => visit(key, member))
    if (holder instanceof Set) return [...holder].some((member) => visit(undefined, member))
    // Message and stack of an error are not enumerable.
    if (holder instanceof Error) return errorKeys(holder).some((key) => visit(key, read(holder, key)))
  }
  for (const key of Object.keys(holder)) if (visit(key, read(holder, key))) return true
  const symbols = Object.getOwnPropertySymbols(holder)
  if (symbols.length === 0) return false
  return symbols.some((key) => Object.prototype.propertyIsEnumerable.call(holder, key) && visit(key, read(holder, key)))
}

/** A member as it is, or what stands for one that cannot be read. */
function read(holder: Holder, key: PropertyKey): unknown {
  try {
    return (holder as Record<PropertyKey, unknown>)[key]
  } catch {
    return unreadable
  }
}

/** What a `DOMException` says of itself is read from its prototype, which only knows real ones. */
function errorKeys(error: Error): PropertyKey[] {
  const own = Reflect.ownKeys(error)
  return error instanceof platform.DOMException ? ['name', 'message', ...own] : own
}

/** An empty holder of the same kind; of an instance of a class, a plain object. */
export function emptyLike(holder: Holder): Holder {
  if (Array.isArray(holder)) return Object.assign([], { length: holder.length })
  if (holder instanceof Map) return new Map()
  if (holder instanceof Set) return new Set()
  if (hasEntries(holder)) return emptyEntries(holder)
  if (holder instanceof Error) return Object.setPrototypeOf(new Error(), Object.getPrototypeOf(holder)) as Error
  return Object.getPrototypeOf(holder) === null ? (Object.create(null) as object) : {}
}

function emptyEntries(holder: Entries): Entries {
  const tag = tagOf(holder)
  if (tag === 'Headers') return new platform.Headers()
  return tag === 'FormData' ? new platform.FormData() : new platform.URLSearchParams()
}

/** Adds a member as it is in the original: a key such as `__proto__` is one like any other. */
export function setMember(copy: Holder, original: Holder, key: unknown, name: unknown, member: unknown): void {
  if (copy instanceof Map) copy.set(name, member)
  else if (copy instanceof Set) copy.add(member)
  else if (hasEntries(copy)) addEntry(copy, String(name), member)
  else {
    const enumerable = Object.prototype.propertyIsEnumerable.call(original, key as PropertyKey)
    Object.defineProperty(copy, name as PropertyKey, { value: member, enumerable, writable: true, configurable: true })
  }
}

function addEntry(copy: Entries, name: string, member: unknown): void {
  // A name of a header has no brackets.
  if (tagOf(copy) === 'Headers') copy.append(name.replaceAll(/[^\w-]/g, ''), String(member))
  else if (member instanceof platform.Blob) copy.append(name, member)
  else copy.append(name, String(member))
}

/** The bytes themselves when they hold no secret, else a copy without: as UTF-8, or byte by byte if they are none. */
export function redactBytes(bytes: Uint8Array, redactText: (text: string) => string): Uint8Array {
  const utf8 = decodeUtf8(bytes)
  const text = utf8 ?? decodeLatin1(bytes)
  const redacted = redactText(text)
  if (redacted === text) return bytes
  const copy = utf8 === undefined ? encodeLatin1(redacted) : new platform.TextEncoder().encode(redacted)
  return platform.Buffer?.isBuffer(bytes) === true ? platform.Buffer.from(copy) : copy
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new platform.TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    // No UTF-8.
    return undefined
  }
}

/** As many bytes as a call may have arguments. */
const atOnce = 2 ** 13

function decodeLatin1(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += atOnce) {
    text += String.fromCharCode(...bytes.subarray(start, start + atOnce))
  }
  return text
}

function encodeLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
