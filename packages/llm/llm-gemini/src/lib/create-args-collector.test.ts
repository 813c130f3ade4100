import { ModelError } from '@empire/llm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createArgsCollector, type PartialArg } from './create-args-collector.ts'

function collect(pieces: readonly PartialArg[], args = {}): unknown {
  const collector = createArgsCollector(args)
  for (const piece of pieces) collector.add(piece)
  return collector.args
}

describe('createArgsCollector', () => {
  it('puts values at their places, and joins texts', () => {
    expect(
      collect(
        [
          { jsonPath: '$.city', stringValue: 'Be' },
          { jsonPath: '$.city', stringValue: 'rn' },
          { jsonPath: '$.days[0].number', numberValue: 0 },
          { jsonPath: '$.days[0].dry', boolValue: false },
          { jsonPath: '$.days[1]', nullValue: 'NULL_VALUE' },
          { jsonPath: "$['a \\'b'][\"c\"]", stringValue: '' },
        ],
        { unit: 'C' },
      ),
    ).toEqual({ unit: 'C', city: 'Bern', days: [{ number: 0, dry: false }, null], "a 'b": { c: '' } })
  })

  it('takes names that are special to objects as names', () => {
    const args = collect([{ jsonPath: '$.__proto__.polluted', boolValue: true }])
    expect(JSON.stringify(args)).toBe('{"__proto__":{"polluted":true}}')
    expect('polluted' in {}).toBe(false)
  })

  it.each([
    '',
    '$',
    'city',
    '$city',
    '$.',
    '$.a[-1]',
    '$.list[5]',
    '$.list.name',
    '$.text.name',
    '$[0]',
    `$${'.a'.repeat(101)}`,
    `$['${'\\'.repeat(100_001)}`,
  ])('refuses the place %j', (jsonPath) => {
    const pieces = [
      { jsonPath: '$.list[0]', numberValue: 1 },
      { jsonPath: '$.text', stringValue: 'x' },
    ]
    expect(() => collect([...pieces, { jsonPath, stringValue: 'x' }])).toThrow(ModelError)
  })

  it('puts together whatever was taken apart', () => {
    const name = fc.stringMatching(/^[a-z_]{1,6}$/)
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1 })),
        (args) => {
          const pieces: PartialArg[] = []
          for (const [key, list] of Object.entries(args)) {
            for (const [index, value] of list.entries()) {
              const jsonPath = `$.${key}[${index}]`
              if (typeof value === 'number') pieces.push({ jsonPath, numberValue: value })
              else if (typeof value === 'boolean') pieces.push({ jsonPath, boolValue: value })
              else for (const stringValue of ['', ...value]) pieces.push({ jsonPath, stringValue })
            }
          }
          expect(JSON.stringify(collect(pieces))).toBe(JSON.stringify(args))
        },
      ),
    )
  })
})
