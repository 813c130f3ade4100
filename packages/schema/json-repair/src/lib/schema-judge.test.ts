import { describe, expect, it } from 'vitest'
import { createRepairLadder } from './create-repair-ladder.ts'
import { repairJson } from './repair-json.ts'
import type { RepairOptions } from './repair-options.ts'

/** A Standard Schema, or nearly, that gives this for every value. */
function giving(result: unknown) {
  return { '~standard': { validate: () => result } }
}

async function message(task: () => unknown): Promise<string> {
  try {
    await task()
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
  return 'accepted'
}

describe('a schema that is none', () => {
  it.each([
    [5, 'got a number (5).'],
    [null, 'got null.'],
    [() => 1, 'got a function.'],
    [{ '~standard': { validate: 1 } }, 'got an object whose "~standard" has no "validate".'],
  ])('is refused: %o', async (schema, got) => {
    const expected = `Expected options.schema to be a Standard Schema or a JSON Schema document, ${got}`
    expect(await message(() => repairJson('{', { schema } as RepairOptions))).toBe(expected)
    expect(await message(() => createRepairLadder({ schema } as never))).toBe(expected)
  })

  it.each([
    [giving({ valid: true }), 'got an object.'],
    [giving(null), 'got null.'],
    [giving({ issues: 5 }), 'got an object.'],
    [giving({ issues: [null] }), 'got an object.'],
    [giving({ issues: [{ message: 'No.', path: 5 }] }), 'got an object.'],
  ])('is refused when it gives what no Standard Schema gives: %o', async (schema, got) => {
    const expected = `Expected options.schema to give { value } or { issues }, each with a message, ${got}`
    expect(await message(() => repairJson('{', { schema }))).toBe(expected)
    expect(await message(() => createRepairLadder({ schema }).repair('{'))).toBe(expected)
  })

  it('leaves references that cannot be decoded, and numbers that JSON does not know, alone', () => {
    expect(repairJson('{a: 1', { schema: { $ref: '#/%E0%A4%A' } }).value).toEqual({ a: 1 })
    expect(repairJson('{a: 1', { schema: { enum: [1n] } }).value).toEqual({ a: 1 })
  })
})
