import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { notKnown, TokenTable } from './token-table.ts'

it('keeps a number for each token, found wherever it stands in a text', () => {
  const token = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', '\ud800', '😀'), maxLength: 5 }),
    fc.nat(20_000).map((length) => 'x'.repeat(length)),
  )
  fc.assert(
    fc.property(fc.uniqueArray(token, { maxLength: 100 }), (tokens) => {
      const table = new TokenTable()
      for (const [at, own] of tokens.entries()) {
        expect(table.get(own, 0, own.length)).toBe(notKnown)
        table.add(own, at - 1)
      }
      expect(table.size).toBe(tokens.length)
      for (const [at, own] of tokens.entries()) {
        expect(table.get(`a${own}b`, 1, own.length + 1)).toBe(at - 1)
        expect([table.token(at), table.value(at)]).toEqual([own, at - 1])
      }
    }),
  )
})
