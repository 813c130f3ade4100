import { describeValue } from '@empire/errors'
import { isOrderedData } from './is-ordered-data.ts'
import { pointerTo } from './json-pointer.ts'

interface OpenHolder {
  /** What was found: of a circle the same each time, where the result of its toJSON() may be new. */
  readonly found: unknown
  readonly holder: object
  /** The names of an object in order; an array has none. */
  readonly names: readonly string[] | undefined
  readonly length: number
  next: number
  isEmpty: boolean
}

interface Writing {
  /** What the value is called in errors. */
  readonly parameter: string
  readonly open: OpenHolder[]
}

/** Whether a member of an object or array must not be written. */
export type Forbids = (holder: object, key: string | number, member: unknown) => boolean

const longestPath = 20

const writtenNames = new Map<string, string>()
const mostKnownNames = 1000
const longestKnownName = 64
const fewNames = 16

/**
 * The one text of a JSON value: RFC 8785, the JSON Canonicalization Scheme.
 *
 * Members are sorted by UTF-16 code units; numbers and strings are written as ECMAScript does. As in `JSON.stringify`,
 * `toJSON()` is called, a member that is `undefined` is left out, and an element that is becomes `null`. Whatever else is
 * not JSON throws a `TypeError` that names its path: NaN, infinities, lone surrogates, bigints, functions, symbols,
 * circles, and objects that would lose what they hold, such as a `Map`.
 */
export function canonicalJson(value: unknown): string {
  return writeJson(value, 'value')
}

export function writeJson(value: unknown, parameter: string): string {
  if (isOrderedData(value)) return JSON.stringify(value)
  return writeAllowed(value, parameter, undefined) as string
}

/**
 * The same, but `undefined` as soon as a member must not be written, or has a `toJSON()`: what it stands for cannot be told
 * from what it gives.
 */
export function writeAllowed(value: unknown, parameter: string, forbids: Forbids | undefined): string | undefined {
  const open: OpenHolder[] = []
  const writing: Writing = { parameter, open }
  const root = dataOf(value, '')
  if (forbids !== undefined && root !== value) return undefined
  let text = write(root, value, writing)
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    if (current.next === current.length) {
      text += current.names === undefined ? ']' : '}'
      open.pop()
      continue
    }
    const name = current.names?.[current.next] ?? String(current.next)
    const found = (current.holder as Record<string, unknown>)[name]
    const data = dataOf(found, name)
    if (forbids !== undefined) {
      const key = current.names === undefined ? current.next : name
      if (data !== found || forbids(current.holder, key, data)) return undefined
    }
    current.next++
    if (current.names === undefined) {
      text += current.isEmpty ? '' : ','
      text += write(data === undefined ? null : data, found, writing)
    } else if (data !== undefined) {
      text += current.isEmpty ? '' : ','
      text += writeName(name, writing)
      text += write(data, found, writing)
    } else continue
    current.isEmpty = false
  }
  return text
}

function dataOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { toJSON } = value as { toJSON?: unknown }
  return typeof toJSON === 'function' ? toJSON.call(value, name) : value
}

/** The text of a scalar, or the beginning of an object or array, whose members are then to be written. */
function write(value: unknown, found: unknown, writing: Writing): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, writing)
    case 'number':
      return Number.isFinite(value) ? String(value) : refuse(describeValue(value), writing)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      return value === null ? 'null' : enter(value, found, writing)
    default:
      return refuse(describeValue(value), writing)
  }
}

function writeString(text: string, writing: Writing, what = 'a string'): string {
  return text.isWellFormed() ? JSON.stringify(text) : refuse(`${what} with a lone surrogate`, writing)
}

/** A name and its colon. The same few names come again and again. */
function writeName(name: string, writing: Writing): string {
  const known = writtenNames.get(name)
  if (known !== undefined) return known
  const text = `${writeString(name, writing, 'a name')}:`
  if (name.length > longestKnownName) return text
  if (writtenNames.size === mostKnownNames) writtenNames.clear()
  writtenNames.set(name, text)
  return text
}

function enter(holder: object, found: unknown, writing: Writing): string {
  const { open } = writing
  if (closesCircle(found, open)) refuse('a circle', writing)
  if (Array.isArray(holder)) {
    open.push({ found, holder, names: undefined, length: holder.length, next: 0, isEmpty: true })
    return '['
  }
  if (!isPlain(holder)) refuse(`${describeValue(holder)} of a class without toJSON()`, writing)
  const names = sortedNames(holder)
  open.push({ found, holder, names, length: names.length, next: 0, isEmpty: true })
  return '{'
}

/**
 * Whether the path comes back to the holder whose depth is the last power of two. The path of a circle repeats itself, so
 * it does so before it is twice as long as needed (Brent), and one look is enough.
 */
function closesCircle(found: unknown, open: readonly OpenHolder[]): boolean {
  return open.length > 0 && open[2 ** (31 - Math.clz32(open.length)) - 1]?.found === found
}

/** By UTF-16 code units, which is how strings compare. */
function sortedNames(holder: object): string[] {
  const names = Object.keys(holder)
  if (names.length > fewNames) return names.toSorted()
  // By insertion: the few names of most objects are in order by then, and a sort would only have begun.
  for (let index = 1; index < names.length; index++) {
    const name = names[index] as string
    let at = index
    for (; at > 0 && (names[at - 1] as string) > name; at--) names[at] = names[at - 1] as string
    names[at] = name
  }
  return names
}

/** Also of another realm, whose `Object.prototype` is not ours. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

function refuse(what: string, { parameter, open }: Writing): never {
  const path = open.slice(0, longestPath).map(({ names, next }) => pointerTo(names?.[next - 1] ?? next - 1))
  const place = path.length === 0 ? '' : ` at ${path.join('').toWellFormed()}${open.length > longestPath ? '/…' : ''}`
  throw new TypeError(`"${parameter}" must be JSON data, got ${what}${place}.`)
}
