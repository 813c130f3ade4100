import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromSqlText, toSqlText } from './sql-text.ts'

/** As SQLite compares texts: by their bytes. */
const compareText = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))

const text = fc.string({ unit: fc.constantFrom('\u0000', '\u0001', '\u0002', 'a', '\uffff', '\u{1f600}') })

describe('toSqlText', () => {
  it('gives texts without NUL that are read back as they were', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(toSqlText(value)).not.toContain('\u0000')
        expect(fromSqlText(toSqlText(value))).toBe(value)
      }),
    )
  })

  it('keeps the order of texts, and what they begin with', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(Math.sign(compareText(toSqlText(left), toSqlText(right)))).toBe(Math.sign(compareText(left, right)))
        expect(toSqlText(left + right).startsWith(toSqlText(left))).toBe(true)
      }),
    )
  })
})
