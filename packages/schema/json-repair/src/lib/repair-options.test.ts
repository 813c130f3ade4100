import { describe, expect, it } from 'vitest'
import { repairJson } from './repair-json.ts'
import type { RepairOptions } from './repair-options.ts'

/** Runs it with what TypeScript would refuse. */
function misuse(options: unknown, text: unknown = '{'): () => unknown {
  return () => repairJson(text as string, options as RepairOptions)
}

describe('repairJson, options', () => {
  it('refuses what is no string', () => {
    expect(misuse({}, 1)).toThrow(new TypeError('Expected text to be a string, got a number (1).'))
    expect(misuse({}, null)).toThrow(new TypeError('Expected text to be a string, got null.'))
  })

  it('refuses wrong and unknown options by name', () => {
    expect(misuse(null)).toThrow(new TypeError('repairJson: "options" must be an object, got null.'))
    expect(misuse({ nonfinite: 'null' })).toThrow(
      new TypeError('repairJson: "options" has no key "nonfinite". Did you mean "nonFinite"?'),
    )
    expect(misuse({ readings: 0 })).toThrow(
      new TypeError('Expected options.readings to be an integer of at least 1, got a number (0).'),
    )
    expect(misuse({ nonFinite: 'NaN' })).toThrow(
      new TypeError(`Expected options.nonFinite to be 'null', 'string', 'number', got a string ("NaN").`),
    )
    expect(misuse({ several: 1 })).toThrow(
      new TypeError(`Expected options.several to be 'array', 'first', 'last', got a number (1).`),
    )
    expect(misuse({ decodeString: 'no' })).toThrow(
      new TypeError('Expected options.decodeString to be a boolean, got a string ("no").'),
    )
    expect(misuse({ strict: true })).toThrow(
      new TypeError(`Expected options.strict to be 'safe', got a boolean (true).`),
    )
    expect(misuse({ schema: [] })).toThrow(
      new TypeError('Expected options.schema to be a Standard Schema or a JSON Schema document, got an empty array.'),
    )
  })

  it('reads numbers that are not finite as asked', () => {
    const text = '[NaN, Infinity, -Infinity, "NaN"]'
    expect(repairJson(text).value).toEqual([null, null, null, 'NaN'])
    expect(repairJson(text, { nonFinite: 'string' }).value).toEqual(['NaN', 'Infinity', '-Infinity', 'NaN'])
    const numbers = repairJson(text, { nonFinite: 'number' })
    expect(numbers.value).toEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 'NaN'])
    expect(numbers.text).toBe('[null, null, null, "NaN"]')
  })

  it('takes one of several values', () => {
    expect(repairJson('{"a": 1} {"a": 2}', { several: 'first' }).value).toEqual({ a: 1 })
    expect(repairJson('{"a": 1} {"a": 2}', { several: 'last' }).value).toEqual({ a: 2 })
  })

  it('leaves a string that holds JSON as it is', () => {
    expect(repairJson('"[1]"').value).toEqual([1])
    expect(repairJson('"[1]"', { decodeString: false }).value).toBe('[1]')
    expect(repairJson('"[1]"', { strict: 'safe' }).value).toBe('[1]')
    expect(repairJson('"[1]"', { schema: { type: 'string' } }).value).toBe('[1]')
    expect(repairJson('"[1]"', { schema: { type: 'array' } }).value).toEqual([1])
  })
})

describe('repairJson, strict', () => {
  it('allows what cannot change the meaning', () => {
    const text = "Here: ```json\n{a: 'b\n', 'c': [True, .5,], /* d */}\n```"
    expect(repairJson(text, { strict: 'safe' }).value).toEqual({ a: 'b\n', c: [true, 0.5] })
  })

  it('refuses the first repair that can', () => {
    expect(misuse({ strict: 'safe' }, '{a: "b "c" d"}')).toThrow(
      expect.objectContaining({
        name: 'JsonRepairUnsafeError',
        code: 'json_repair_unsafe',
        message:
          "Expected JSON that can be repaired without changing its meaning, but offset 7 needs escape_quote. Ask for the value again, or repair it without strict: 'safe'.",
        details: { kind: 'escape_quote', offset: 7 },
      }),
    )
  })
})

function refused(reason: string, length: number, why: string): unknown {
  return expect.objectContaining({
    name: 'JsonUnrepairableError',
    code: 'json_unrepairable',
    message: `Expected a text that holds a JSON value, got ${length} characters without one: ${why}. Ask for the value again.`,
    details: { reason, length },
  })
}

describe('repairJson, text without a value', () => {
  it('is refused with the reason', () => {
    expect(misuse({}, ' \n')).toThrow(refused('empty', 2, 'it is empty'))
    expect(misuse({}, 'I cannot do that.')).toThrow(
      refused('prose', 17, 'it is prose: no object, array, quoted string, number or literal begins in it'),
    )
    expect(misuse({}, '<think>{"a": 1}')).toThrow(
      refused('thought', 15, 'all of it is a thought of the model: nothing follows the thought'),
    )
  })
})

describe('repairJson, prose with a schema', () => {
  it('is a string where the schema accepts one', () => {
    const { value, text, edits, confidence } = repairJson(' Paris, of course. ', { schema: { type: 'string' } })
    expect({ value, text, confidence }).toEqual({
      value: 'Paris, of course.',
      text: '"Paris, of course."',
      confidence: 0.9,
    })
    expect(edits).toEqual([{ kind: 'quote_value', offset: 0, length: 19, replacement: '"Paris, of course."' }])
  })

  it('is refused where it does not', () => {
    const options = { schema: { type: 'object' }, readings: 1 } as const
    expect(() => repairJson('Paris, of course.', options)).toThrow(
      expect.objectContaining({ code: 'json_unrepairable' }),
    )
  })
})
