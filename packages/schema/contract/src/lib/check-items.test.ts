import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contract } from './contract.ts'
import { ContractViolationError } from './contract-violation-error.ts'
import { each } from './each.ts'

const numbers = contract({ name: 'numbers', output: each(z.number()) })

/** Gives a number, what it was sent, 99 for what was thrown in, and 5 at its end. */
function* talk(): Generator<number, number, number> {
  try {
    yield yield 1
  } catch {
    yield 99
  }
  return 5
}

describe('a generator of a contract', () => {
  it('hears what its reader sends and throws, and gives what it returns', () => {
    const talking = numbers.implement(talk)()
    expect([talking.next(), talking.next(42), talking.throw(new Error('in')), talking.next(), talking.next()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 42 },
      { done: false, value: 99 },
      { done: true, value: 5 },
      { done: true, value: undefined },
    ])
  })

  it('does so when it is async', async () => {
    const talking = numbers.implement(async function* later(): AsyncGenerator<number, number, number> {
      return yield* talk()
    })()
    expect([await talking.next(7), await talking.next(42), await talking.throw(1), await talking.return(8)]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 42 },
      { done: false, value: 99 },
      { done: true, value: 8 },
    ])
  })

  it('may go on when it is told to return', () => {
    const stubborn = numbers.implement(function* go(): Generator<number, number> {
      try {
        yield 1
      } finally {
        yield 2
      }
      return 3
    })()
    expect([stubborn.next(), stubborn.return(7), stubborn.next()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
      { done: true, value: 7 },
    ])
  })

  it('has the methods of all iterators', () => {
    const list = numbers.implement(function* two() {
      yield* [1, 2]
    })()
    expect(['map' in list, list[Symbol.iterator]() === list]).toEqual([true, true])
  })

  it('is closed by a violation, which goes before what it throws at its end', async () => {
    const run = numbers.implement(function* torn(): Generator<number> {
      try {
        yield 'x' as never
      } finally {
        // oxlint-disable-next-line no-unsafe-finally -- the fault
        throw new Error('torn')
      }
    })
    const reading = run()
    expect(() => reading.next()).toThrow(ContractViolationError)
    expect(reading.next()).toEqual({ done: true, value: undefined })
    const later = numbers.implement(async function* torn() {
      yield* run()
    })()
    await expect(later.next()).rejects.toThrow(ContractViolationError)
    await expect(later.next()).resolves.toEqual({ done: true, value: undefined })
  })
})

function countdown(from: number, told: string[]): AsyncIterable<number> & AsyncIterator<number> {
  return {
    [Symbol.asyncIterator]() {
      told.push('opened')
      return this
    },
    next: async () => ({ done: false, value: from-- }),
    return: async () => {
      told.push('closed')
      return { done: true, value: undefined }
    },
  }
}

describe('an iterator of a contract that is no generator', () => {
  it('is closed when nothing was read of it', async () => {
    const told: string[] = []
    await numbers
      .implement(() => countdown(3, told))()
      .return?.()
    expect(told).toEqual(['opened', 'closed'])
  })

  it('is closed when something is thrown in that it cannot take', async () => {
    const told: string[] = []
    const reading = numbers.implement(() => countdown(3, told))()
    await reading.next()
    await expect(reading.throw?.(new Error('mine'))).rejects.toThrow('mine')
    expect(told).toEqual(['opened', 'closed'])
  })
})

const isRight = (item: unknown): boolean => z.number().safeParse(item).success

describe('an iterable of a contract', () => {
  it('gives the items up to the first wrong one, whatever they are and however it is made', async () => {
    const items = fc.array(fc.oneof({ weight: 6, arbitrary: fc.integer() }, { weight: 1, arbitrary: fc.anything() }))
    const property = fc.asyncProperty(items, fc.boolean(), async (made, isAsync) => {
      const run = numbers.implement(
        () =>
          (isAsync
            ? (async function* later() {
                yield* made
              })()
            : made) as number[],
      )
      const seen: unknown[] = []
      let failure: unknown
      try {
        for await (const item of run()) seen.push(item)
      } catch (error) {
        failure = error
      }
      const wrong = made.findIndex((item) => !isRight(item))
      expect(seen).toEqual(wrong === -1 ? made : made.slice(0, wrong))
      expect((failure as ContractViolationError | undefined)?.issues[0]?.path).toEqual(
        wrong === -1 ? undefined : [wrong],
      )
    })
    await expect(fc.assert(property, { numRuns: 60 })).resolves.toBeUndefined()
  })
})
