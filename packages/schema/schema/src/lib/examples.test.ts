import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { examples } from './examples.ts'

const user = z.object({ id: z.uuid(), age: z.int().min(18).max(99) })

describe('examples', () => {
  it('makes some values', () => {
    const made = examples(user, { count: 20 })
    expect(made).toHaveLength(20)
    expect(z.array(user).safeParse(made).success).toBe(true)
    expect(examples(user)).toHaveLength(1)
  })

  it('makes the same for the same random numbers', () => {
    expect(examples(user, { count: 3, random: () => 0.3 })).toEqual(examples(user, { count: 3, random: () => 0.3 }))
    expect(examples(user, { random: () => 0.3 })).not.toEqual(examples(user, { random: () => 0.9 }))
  })

  it.each([
    [() => examples(3 as never), '"schema" must be a schema of zod 4, got a number (3).'],
    [
      () => examples(user, { count: -1 }),
      '"count" must be a whole number of at least 1, or Infinity, got a number (-1).',
    ],
    [() => examples(user, { random: 3 as never }), '"random" must be a function, got a number (3).'],
    [() => examples(user, { seed: 3 } as never), '"options" has no key "seed". Known: count, random.'],
  ])('refuses what it cannot take: %s', (call, message) => {
    expect(call).toThrow(new TypeError(message))
  })
})
