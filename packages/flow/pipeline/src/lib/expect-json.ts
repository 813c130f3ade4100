import { describeValue } from '@empire/errors'
import { NotJsonError } from './not-json-error.ts'

interface Open {
  readonly holder: object
  readonly keys: readonly (string | number)[]
  next: number
}

const longestPath = 20

/**
 * Refuses what JSON would lose or change. A member that is `undefined` passes, for it comes back as one that is missing.
 *
 * @param what `The output of step "a"`.
 * @throws {NotJsonError} With the path of the first value that is no JSON.
 */
export function expectJson(value: unknown, what: string): void {
  const open: Open[] = []
  const holders = new Set<object>()
  const refuse = (found: string): never => {
    const path = open.slice(0, longestPath).map(({ keys, next }) => keys[next - 1] ?? '')
    throw new NotJsonError(what, found, path)
  }
  const enter = (entered: unknown, isMember: boolean): void => {
    if (entered === null || typeof entered === 'string' || typeof entered === 'boolean') return
    if (typeof entered === 'number' && Number.isFinite(entered)) return
    if (entered === undefined && isMember) return
    if (typeof entered !== 'object' || !isPlain(entered)) return refuse(describeFound(entered))
    if (holders.has(entered)) return refuse('a circle')
    holders.add(entered)
    open.push({ holder: entered, keys: Array.isArray(entered) ? [...entered.keys()] : Object.keys(entered), next: 0 })
  }
  enter(value, true)
  for (let current = open.at(-1); current !== undefined; current = open.at(-1)) {
    const key = current.keys[current.next++]
    if (key === undefined) {
      open.pop()
      holders.delete(current.holder)
      continue
    }
    enter((current.holder as Record<string | number, unknown>)[key], !Array.isArray(current.holder))
  }
}

/** Also of another realm, whose `Object.prototype` is not ours. */
function isPlain(value: object): boolean {
  if ('toJSON' in value && typeof value.toJSON === 'function') return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

function describeFound(value: unknown): string {
  const what = describeValue(value)
  return what === 'an object' ? 'an object of a class' : what
}
