import { describe, expect, it } from 'vitest'
import { repairJson } from './repair-json.ts'
import type { StandardSchema } from './accepted-schema.ts'

/** A Standard Schema of a predicate. */
function accepts(predicate: (value: Record<string, unknown>) => boolean): StandardSchema {
  return {
    '~standard': {
      validate: (value) =>
        typeof value === 'object' && value !== null && predicate(value as Record<string, unknown>)
          ? { value }
          : { issues: [{ message: 'not accepted' }] },
    },
  }
}

describe('repairJson, schema', () => {
  it('takes the first of several values that satisfies it', () => {
    const schema = accepts(({ name }) => typeof name === 'string')
    expect(repairJson('Not {"n": 1} but {"name": "x"}', { schema }).value).toEqual({ name: 'x' })
  })

  it('takes the other reading of a quote', () => {
    const text = '{"a": "x", b" and more", "c": 1}'
    const first = repairJson(text).value
    const schema = { required: ['a', 'c'], additionalProperties: false, properties: { a: {}, c: {} } }
    const other = repairJson(text, { schema })
    expect([first, other.value]).toContainEqual({ a: 'x", b" and more', c: 1 })
  })

  it('takes zeros before a number, and a literal, as text', () => {
    const schema = accepts(({ zip, answer = '' }) => typeof zip === 'string' && typeof answer === 'string')
    expect(repairJson('{zip: 01234}', { schema }).value).toEqual({ zip: '01234' })
    expect(repairJson('{zip: "1", answer: None}', { schema }).value).toEqual({ zip: '1', answer: 'None' })
  })

  it('judges no more readings than it is allowed to', () => {
    let judged = 0
    const schema: StandardSchema = {
      '~standard': {
        validate: () => {
          judged++
          return { issues: [{ message: 'never' }] }
        },
      },
    }
    const text = `{a: [${'007, '.repeat(20)}]}`
    expect(repairJson(text, { schema, readings: 5 }).value).toEqual(repairJson(text).value)
    expect(judged).toBe(5)
  })

  it('refuses a schema that answers later', () => {
    const schema: StandardSchema = { '~standard': { validate: () => Promise.reject(new Error('late')) } }
    expect(() => repairJson('{}', { schema })).toThrow(
      new TypeError('Expected options.schema to validate synchronously, got a promise of its verdict.'),
    )
  })
})
