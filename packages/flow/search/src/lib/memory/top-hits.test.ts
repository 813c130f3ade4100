import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TopHits } from './top-hits.ts'

describe('TopHits', () => {
  it('keeps what sorting everything would put first', () => {
    const scores = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 })
    fc.assert(
      fc.property(scores, fc.nat(20), fc.infiniteStream(fc.nat()), (offered, limit, order) => {
        const compare = (left: number, right: number): number =>
          (offered[right] as number) - (offered[left] as number) || left - right
        const documents = [...offered.keys()]
        const top = new TopHits(limit, compare)
        const shuffled = documents.map((entry) => ({ entry, at: order.next().value })).toSorted((a, b) => a.at - b.at)
        for (const { entry } of shuffled) top.offer(entry)
        const sorted = documents.toSorted(compare)
        expect(top.ranked()).toEqual(sorted.slice(0, limit))
        expect(top.worst).toBe(offered.length < limit || limit === 0 ? undefined : sorted[limit - 1])
      }),
    )
  })
})
