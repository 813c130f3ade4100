/** Deeper data is a mistake, most often a circle. */
const deepest = 1_000

interface Frame {
  readonly items: readonly unknown[]
  readonly keys: readonly string[] | undefined
  place: number
}

/**
 * Refuses a value that would come back from a store as another one: NaN, dates, maps, class instances, functions,
 * bigints, `undefined` in arrays, circles. Properties that are `undefined` are left out, as JSON does.
 */
export function expectJson(value: unknown): void {
  const frames: Frame[] = []
  enter(value, frames)
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    frame.place++
    if (frame.place === frame.items.length) {
      frames.pop()
      continue
    }
    const item = frame.items[frame.place]
    if (item !== undefined || frame.keys === undefined) enter(item, frames)
  }
}

function enter(value: unknown, frames: Frame[]): void {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return
  if (typeof value === 'number' && Number.isFinite(value)) return
  if (typeof value !== 'object' || !(Array.isArray(value) || isPlain(value))) refuse(nameKind(value), frames)
  if (frames.length === deepest) refuse(`more than ${deepest} levels`, frames.slice(0, 3), ' Is it a circle?')
  if (Array.isArray(value)) frames.push({ items: value, keys: undefined, place: -1 })
  else frames.push({ items: Object.values(value), keys: Object.keys(value), place: -1 })
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false
  return typeof (value as { toJSON?: unknown }).toJSON !== 'function'
}

function refuse(kind: string, frames: readonly Frame[], hint = ''): never {
  const path = frames.map(({ keys, place }) => `[${keys === undefined ? place : JSON.stringify(keys[place])}]`).join('')
  const where = path === '' ? '' : ` at ${path}`
  throw new TypeError(`"value" must be JSON data, since the cache has a store, got ${kind}${where}.${hint}`)
}

/** The kind only: a value may be a secret. */
function nameKind(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null) return value === undefined ? 'undefined' : `a ${typeof value}`
  const { name } = (value.constructor ?? {}) as { name?: unknown }
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `an instance of ${name}` : 'a special object'
}
