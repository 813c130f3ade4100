import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TopHits } from './top-hits.ts'

describe('TopHits', () => {
  it('keeps what sorting everything would put first', () => {
    const scores = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 })
    fc.assert(
      fc.property(scores, fc.nat(20), fc.infiniteStream(fc.nat()), (offered, limit, order) => {
        const entries = offered.map((score, document) => ({ document, score }))
        const top = new TopHits(limit)
        const shuffled = entries.map((entry) => ({ entry, at: order.next().value })).toSorted((a, b) => a.at - b.at)
        for (const { entry } of shuffled) {
          if (entry.score >= top.least) top.offer(entry.document, entry.score)
        }
        const sorted = entries.toSorted((a, b) => b.score - a.score || a.document - b.document)
        expect(top.ranked()).toEqual(sorted.slice(0, limit))
      }),
    )
  })
})
