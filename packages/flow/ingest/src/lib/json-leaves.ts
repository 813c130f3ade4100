import type { JsonScanner } from './json-scanner.ts'

/** A value of a JSON text that holds no others, or an empty container. */
export interface JsonLeaf {
  /** The way to it: `users[0].name`, `$[0].name`. That of the array for an item. */
  path: string
  /** A string as what it says, anything else as it is written. */
  value: string
  /** Where its name starts, else the value; and where it ends. */
  start: number
  end: number
  /** Whether it comes right after another item of the same array. */
  follows: boolean
  /** Whether a record starts with it: an item of an outermost array, else a member of an outermost object. */
  startsRecord: boolean
}

interface Frame {
  readonly array: boolean
  readonly path: string
  /** Whether it is in an array. */
  readonly nested: boolean
  index: number
  /** Of the member at hand. */
  key: string
  keyStart: number
  /** Whether the last item was a leaf. */
  afterLeaf: boolean
}

const longestPath = 1000
const plainName = /^[\p{L}_$][\p{L}\p{N}_$-]{0,99}$/u

/**
 * The leaves of the value that comes next, in order; the same object is yielded for all of them. Deep nesting takes no stack, and a way of more than 1,000 characters
 * is cut.
 *
 * @throws JsonSyntaxError
 */
export function* jsonLeaves(scanner: JsonScanner): Generator<JsonLeaf, void, undefined> {
  const frames: Frame[] = []
  const leaf: JsonLeaf = { path: '', value: '', start: 0, end: 0, follows: false, startsRecord: false }
  let startsRecord = true
  let token = scanner.next()

  for (;;) {
    const frame = frames.at(-1)
    // Here a value is due.
    const start = frame && !frame.array ? frame.keyStart : token.start
    if (frame === undefined || (!frame.array && frames.length === 1)) startsRecord = true
    if (token.kind === '{' || token.kind === '[') {
      if (frame?.array && !frame.nested) startsRecord = true
      const array = token.kind === '['
      const path = frame ? pathOf(frame) : ''
      const nested = frame !== undefined && (frame.nested || frame.array)
      if (frame) frame.afterLeaf = false
      frames.push({ array, path, nested, index: 0, key: '', keyStart: 0, afterLeaf: false })
      token = scanner.next()
      if (token.kind === (array ? ']' : '}')) {
        frames.pop()
        const value = array ? '[]' : '{}'
        if (path !== '') yield Object.assign(leaf, { path, value, start, end: token.end, follows: false, startsRecord })
        startsRecord = false
      } else {
        if (!array) readKey(frames.at(-1)!)
        continue
      }
    } else if (token.kind === 'string' || token.kind === 'number' || token.kind === 'word') {
      const value = token.kind === 'string' ? scanner.value || '""' : scanner.value
      const follows = frame?.array === true && frame.afterLeaf
      if (frame?.array && !frame.nested) startsRecord = true
      if (frame) frame.afterLeaf = true
      const path = frame ? (frame.array ? frame.path : pathOf(frame)) : ''
      leaf.path = path
      leaf.value = value
      leaf.start = start
      leaf.end = token.end
      leaf.follows = follows
      leaf.startsRecord = startsRecord && !follows
      yield leaf
      startsRecord = false
    } else {
      throw scanner.unexpected('a value')
    }
    // Here a value has ended: so may what it is in.
    for (;;) {
      const open = frames.at(-1)
      if (open === undefined) return
      token = scanner.next()
      const close = open.array ? ']' : '}'
      if (token.kind === ',') {
        token = scanner.next()
        open.index++
        // A comma before the end, as configuration files have it.
        if (token.kind !== close) {
          if (!open.array) readKey(open)
          break
        }
      } else if (token.kind !== close) {
        throw scanner.unexpected(`"," or "${close}"`)
      }
      frames.pop()
      if (open.array && !open.nested) startsRecord = true
      if (frames.length > 0) frames.at(-1)!.afterLeaf = false
    }
  }

  function readKey(frame: Frame): void {
    if (token.kind !== 'string') throw scanner.unexpected('a name in double quotes')
    frame.keyStart = token.start
    frame.key = scanner.value
    token = scanner.next()
    if (token.kind !== ':') throw scanner.unexpected('":"')
    token = scanner.next()
  }
}

function pathOf({ array, path, index, key }: Frame): string {
  if (path.length > longestPath) return path.endsWith('…') ? path : `${path}…`
  // A way that began with a bracket would look like the number of a passage, in the answer of a model.
  const from = path === '' ? '$' : path
  if (array) return `${from}[${index}]`
  if (!plainName.test(key))
    return `${from}[${JSON.stringify(key.length > 200 ? `${key.slice(0, 200).toWellFormed()}…` : key)}]`
  return path === '' ? key : `${path}.${key}`
}
