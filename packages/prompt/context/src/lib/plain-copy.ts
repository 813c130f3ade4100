import { describeValue } from '@empire/errors'

/** An object or array that is being copied, as far as it has come. */
interface Frame {
  readonly source: object
  readonly copy: object
  /** The keys of an object; an array has its indexes. */
  readonly keys: readonly string[] | undefined
  next: number
}

const asItIs = (text: string): string => text

/**
 * A deeply frozen copy of plain data, equal to what JSON makes of it. Properties that are `undefined` are left out.
 * `mapText` is asked what to write for each text, keys among them.
 *
 * Throws `TypeError` with the path, which begins with `name`, for what JSON would lose: functions, dates, instances of
 * classes, `NaN`, holes, cycles. The depth of the data is not limited.
 */
export function plainCopy(value: unknown, name: string, mapText = asItIs): unknown {
  if (!isContainer(value)) return copyPrimitive(value, () => name, mapText)
  const finished = new Map<object, object>()
  const open = new Set<object>()
  const frames: Frame[] = []
  const path = (): string => name + frames.map(formatKey).join('')

  function enter(source: object): object {
    const { length } = frames
    if (!isPlain(source)) throw refusal(path(), describeValue(source))
    const isArray = Array.isArray(source)
    const frame: Frame = { source, copy: isArray ? [] : {}, keys: isArray ? undefined : Object.keys(source), next: 0 }
    frames[length] = frame
    open.add(source)
    return frame.copy
  }

  const root = enter(value)
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    const { source, copy, keys } = frame
    if (frame.next === (keys ?? (source as unknown[])).length) {
      finished.set(source, Object.freeze(copy))
      open.delete(source)
      frames.pop()
      continue
    }
    const key = keys === undefined ? frame.next : keys[frame.next]
    frame.next++
    const part: unknown = Reflect.get(source, key as PropertyKey)
    if (part === undefined && keys !== undefined) continue
    const target = typeof key === 'string' ? mapText(key) : (key as number)
    if (!isContainer(part)) setOwn(copy, target, copyPrimitive(part, path, mapText))
    else if (open.has(part)) throw refusal(path(), 'a cycle')
    else setOwn(copy, target, finished.get(part) ?? enter(part))
  }
  return root
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  // Also the prototype of objects of another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function copyPrimitive(value: unknown, path: () => string, mapText: (text: string) => string): unknown {
  if (typeof value === 'string') return mapText(value)
  if (typeof value === 'boolean' || value === null) return value
  // JSON knows no -0.
  if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
  throw refusal(path(), describeValue(value))
}

/** An assignment to `__proto__` would set the prototype. */
function setOwn(target: object, key: PropertyKey, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true })
  else Reflect.set(target, key, value)
}

function formatKey({ keys, next }: Frame): string {
  const index = next - 1
  return keys === undefined ? `[${index}]` : `.${keys[index]}`
}

function refusal(path: string, came: string): TypeError {
  return new TypeError(`Expected "${path}" to be plain JSON data, got ${came}.`)
}
