import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from './contract.ts'
import { ContractViolationError } from './contract-violation-error.ts'
import { deepFreeze } from './deep-freeze.ts'

describe('deepFreeze', () => {
  it('freezes arrays and plain objects to the bottom, and says that nothing can change', () => {
    const value = { list: [{ a: 1 }], [Symbol('s')]: { b: 2 } }
    expect(deepFreeze(value)).toBe(true)
    expect([value, value.list, value.list[0]].every((part) => Object.isFrozen(part))).toBe(true)
  })

  it.each([
    [{ at: new Date(0) }],
    [{ map: new Map() }],
    [{ bytes: new Uint8Array(1) }],
    [{ run: () => {} }],
    [{ proxy: new Proxy({}, {}) }],
    [Object.defineProperty({}, 'now', { get: () => 0, enumerable: true })],
    [Object.create({ inherited: 1 }) as object],
  ])('says that %o can change', (value) => {
    expect(deepFreeze(value)).toBe(false)
  })

  it('goes around circles, and to any depth', () => {
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    let deep: unknown = 1
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect([deepFreeze(circle), deepFreeze(deep)]).toEqual([true, true])
  })
})

const isWhole = (part: unknown): boolean => {
  if (part instanceof Map) return part.get('a') === 1
  if (part instanceof Set) return part.has(1)
  if (part instanceof Date) return part.getTime() === 1
  return part instanceof Uint8Array ? part[0] === 1 : (part as { size: number }).size === 1
}

const partOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value[0]
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'deep')
    ? (value as { deep: { value: unknown } }).deep.value
    : value
}

/** A schema that counts how often it is asked. */
function counting() {
  let checks = 0
  const schema = z.object({ list: z.array(z.number()) }).refine(() => {
    checks++
    return true
  })
  return { schema, checks: () => checks }
}

describe('freeze', () => {
  it('checks a value once that one contract has frozen and another takes by the same schema', () => {
    const { schema, checks } = counting()
    const make = contract({ name: 'make', output: schema }, { freeze: true }).implement(() => ({ list: [1] }))
    const take = contract({ name: 'take', input: schema }, { freeze: true }).implement((value) => value)
    const value = make()
    const before = checks()
    expect(Object.isFrozen(value.list)).toBe(true)
    expect(take(value)).toBe(value)
    expect(checks()).toBe(before)
  })

  it('checks again what only its author has frozen, shallow or deep, and sees a change in it', () => {
    const { schema } = counting()
    const take = contract({ name: 'take', input: schema }, { freeze: true }).implement((value) => value)
    const list: unknown[] = [1]
    const value = Object.freeze({ list })
    take(value as never)
    list[0] = 'one'
    expect(() => take(value as never)).toThrow(ContractViolationError)
  })

  it('checks again what a schema has changed', () => {
    const schema = z.object({ size: z.string().transform(Number) })
    const take = contract({ name: 'take', input: schema }, { freeze: true }).implement((value) => value)
    const parsed = take({ size: '3' })
    expect(() => take(parsed as never)).toThrow(ContractViolationError)
  })

  it('leaves the objects of the caller as they are, but for those handed on by the schema', () => {
    const schema = z.object({ plain: z.object({ a: z.number() }), open: z.any() })
    const take = contract({ name: 'take', input: schema }, { freeze: true }).implement((value) => value)
    const given = { plain: { a: 1 }, open: { b: 2 } }
    take(given)
    expect([given, given.plain, given.open].map((part) => Object.isFrozen(part))).toEqual([false, false, true])
  })

  it('sees every change in what is not plain, wherever it stands', () => {
    const holders: readonly (() => { value: unknown; spoil: () => void })[] = [
      () => spoilable(new Map([['a', 1]]), (map) => map.set('a', 0)),
      () => spoilable(new Set([1]), (set) => set.delete(1)),
      () => spoilable(new Date(1), (date) => date.setTime(0)),
      () => spoilable(new Uint8Array([1]), (bytes) => bytes.fill(0)),
      () =>
        spoilable(
          new (class {
            size = 1
          })(),
          (made) => (made.size = 0),
        ),
      () => {
        const target = { size: 1 }
        return { value: new Proxy(Object.freeze({}), { get: () => target.size }), spoil: () => void (target.size = 0) }
      },
      () => {
        let size = 1
        return { value: Object.defineProperty({}, 'size', { get: () => size }), spoil: () => void (size = 0) }
      },
    ]
    const wrap = fc.constantFrom<(value: unknown) => unknown>(
      (value) => [value],
      (value) => ({ deep: { value } }),
      (value) => value,
    )
    const schema = z.custom<unknown>((value) => isWhole(partOf(value)))
    const take = contract({ name: 'take', input: schema }, { freeze: true }).implement((value) => value)
    fc.assert(
      fc.property(fc.constantFrom(...holders), wrap, (make, put) => {
        const { value, spoil } = make()
        const whole = put(value)
        expect(take(whole)).toBe(whole)
        spoil()
        expect(() => take(whole)).toThrow(ContractViolationError)
      }),
    )
  })
})

function spoilable<Value>(value: Value, spoil: (value: Value) => unknown): { value: Value; spoil: () => void } {
  return { value, spoil: () => void spoil(value) }
}
