import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsvRow } from './csv-row.ts'

function valuesOf(text: string, delimiter = ','): string[][] {
  const rows: string[][] = []
  for (let at = 0; at < text.length;) {
    const row = readCsvRow(text, at, delimiter, true)!
    rows.push(row.cells.map(({ value }) => value))
    at = row.next
  }
  return rows
}

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`
const value = fc.oneof(
  fc.constantFrom('', '"', '""', ',', '\r', '\n', '\r\n', ';;', ' '),
  fc.string({ unit: 'binary' }),
)
const table = fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 })

describe('readCsvRow', () => {
  it('reads what RFC 4180 writes, whatever parts cells and ends lines', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', ';;'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, by, end) => {
          const text = rows.map((cells) => cells.map(quoted).join(by) + end).join('')
          expect(valuesOf(text, by)).toEqual(rows)
        },
      ),
    )
  })

  it('tells a row that may go on in the next text from one that is whole', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const text = `${rows[0]!.map(quoted).join(',')}${end}x`
        const whole = readCsvRow(text, 0, ',', true)
        for (let length = 1; length <= text.length; length++) {
          const row = readCsvRow(text.slice(0, length), 0, ',', false)
          expect(row ?? whole).toEqual(whole)
        }
        expect(readCsvRow(text, 0, ',', false)).toEqual(whole)
      }),
    )
  })

  it.each([
    ['in a cell without', 'a"b,"c"d,e', [['a"b', '"c"d', 'e']]],
    ['after a space', ' "a",b', [[' "a"', 'b']]],
    ['that is closed at once', '"",""', [['', '']]],
    ['doubled at the end', '"a""",b', [['a"', 'b']]],
  ])('takes a quote %s as it is meant', (_what, text, rows) => {
    expect(valuesOf(text)).toEqual(rows)
  })

  it('says where cells stand, with their quotes', () => {
    const { cells } = readCsvRow('x\n"a""b",c\n', 2, ',', true)!
    expect(cells.map(({ start, end }) => [start, end])).toEqual([
      [2, 8],
      [9, 10],
    ])
  })

  it('has no row for a quote that is not closed', () => {
    expect(readCsvRow('a,"b\nc', 0, ',', true)).toBeUndefined()
  })
})
