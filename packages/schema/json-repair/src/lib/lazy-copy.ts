import { copyEntries } from './copy-entries.ts'
import { nothing } from './partial-sink.ts'

const index = /^(?:0|[1-9]\d*)$/

/**
 * What `copyEntries` gives, made when it is first looked into as a whole. Until then length and elements are read from the growing
 * list itself, of which the first `count` entries never change.
 *
 * It answers like the plain, frozen array or object that it stands for, except to `structuredClone`, which refuses proxies.
 *
 * @param open Makes the entry that is open; `nothing`, if there is none.
 */
export function lazyCopy(
  values: readonly unknown[],
  keys: readonly string[] | undefined,
  count: number,
  key: string | undefined,
  open: (() => unknown) | typeof nothing,
): unknown {
  // Traps may only say what is true of the target: it is an array for an array, and becomes the copy itself.
  const target: object = keys === undefined ? [] : {}
  let made = false
  let last: unknown = nothing
  const length = open === nothing ? count : count + 1

  function openEntry(): unknown {
    if (last === nothing && open !== nothing) last = open()
    return last
  }

  function make(): object {
    if (made) return target
    made = true
    const whole = copyEntries(values, keys, count, key, openEntry())
    if (keys === undefined) for (const element of whole as unknown[]) (target as unknown[]).push(element)
    else Object.defineProperties(target, Object.getOwnPropertyDescriptors(whole))
    return Object.freeze(target)
  }

  return new Proxy(target, {
    get(_, property, receiver) {
      if (!made && keys === undefined && typeof property === 'string') {
        if (property === 'length') return length
        const position = index.test(property) ? Number(property) : length
        if (position < length) return position < count ? values[position] : openEntry()
      }
      // Methods need no copy.
      if (typeof property === 'symbol' || (keys === undefined && property in Array.prototype))
        return Reflect.get(target, property, receiver)
      return Reflect.get(make(), property, receiver)
    },
    has: (_, property) => Reflect.has(make(), property),
    ownKeys: () => Reflect.ownKeys(make()),
    getOwnPropertyDescriptor: (_, property) => Reflect.getOwnPropertyDescriptor(make(), property),
    isExtensible: () => Reflect.isExtensible(make()),
    preventExtensions: () => Object.isFrozen(make()),
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
    setPrototypeOf: () => false,
  })
}
