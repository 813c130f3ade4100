import { redactText } from '@empire/redaction'

/** Deeper data is a mistake, most often a circle. */
const deepest = 1_000

/** An array or object on the way from the payload down to the value that is looked at. */
interface Frame {
  readonly container: Readonly<Record<string | number, unknown>>
  /** Undefined for an array. */
  readonly keys: readonly string[] | undefined
  readonly length: number
  place: number
}

/**
 * The JSON text of a payload that arrives as it was sent. Properties that are `undefined` are left out, -0 becomes 0.
 *
 * @throws {TypeError} for what JSON would lose or change without a word: NaN, dates, maps, class instances, functions,
 * bigints, `undefined` outside of objects, what has a `toJSON()`, circles.
 */
export function encodePayload(payload: unknown): string {
  const frames: Frame[] = []
  look(payload, frames)
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    frame.place += 1
    if (frame.place === frame.length) {
      frames.pop()
      continue
    }
    const value = frame.container[frame.keys?.[frame.place] ?? frame.place]
    if (value !== undefined || frame.keys === undefined) look(value, frames)
  }
  return JSON.stringify(payload)
}

/** Refuses what is not JSON data; an array or object is put on top, to be looked into. */
function look(value: unknown, frames: Frame[]): void {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return
  if (typeof value === 'number' && Number.isFinite(value)) return
  const isContainer = typeof value === 'object' && (Array.isArray(value) || isPlain(value))
  if (!isContainer) {
    throw new TypeError(`"payload" must be JSON data, got ${nameKind(value)}${describePlace(frames)}.`)
  }
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    throw new TypeError(`"payload" must be JSON data, got an object with toJSON()${describePlace(frames)}.`)
  }
  if (frames.length === deepest) {
    throw new TypeError(
      `"payload" must be JSON data, got more than ${deepest} levels${describePlace(frames.slice(0, 3))}: is it a circle?`,
    )
  }
  const container = value as Frame['container']
  const keys = Array.isArray(value) ? undefined : Object.keys(value)
  frames.push({ container, keys, length: keys?.length ?? (value as unknown as unknown[]).length, place: -1 })
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  // The prototype of an object literal of any realm has none itself.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** The kind only: a payload may hold secrets. */
function nameKind(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : `a ${typeof value}`
  const { name } = (value.constructor ?? {}) as { name?: unknown }
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an instance of a class'
}

function describePlace(frames: readonly Frame[]): string {
  if (frames.length === 0) return ''
  const path = frames.map(({ keys, place }) =>
    keys === undefined ? `[${place}]` : `[${JSON.stringify(redactText(keys[place] ?? ''))}]`,
  )
  return ` at ${path.join('')}`
}
