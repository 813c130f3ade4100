import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeInLanes } from './lanes.ts'

/** Steps that each need some of those before them. */
const graphs = fc
  .array(fc.array(fc.nat({ max: 1000 }), { maxLength: 3 }), { maxLength: 14 })
  .map((lists) => lists.map((list, step) => [...new Set(step === 0 ? [] : list.map((need) => need % step))]))

describe('placeInLanes', () => {
  it('draws for each step exactly the lines of what it needs, and no two lines in one lane', () => {
    fc.assert(
      fc.property(graphs, (needs) => {
        const rows = placeInLanes(needs, 0)
        if (rows === undefined) return
        const lines = new Map<number, number>()
        for (const [step, row] of rows.entries()) {
          const met = row.joins.map(({ lane }) => lines.get(lane))
          expect(lines.has(row.node)).toBe(row.continues)
          if (row.continues) met.push(lines.get(row.node))
          expect(new Set(met)).toEqual(new Set(needs[step]))
          const isMet = new Set(row.joins.map(({ lane }) => lane))
          const others = [...lines.keys()].filter((lane) => !isMet.has(lane) && lane !== row.node)
          expect(new Set(row.passing)).toEqual(new Set(others))
          for (const { lane, ends } of row.joins) if (ends) lines.delete(lane)
          lines.delete(row.node)
          if (needs.some((list) => list.includes(step))) lines.set(row.node, step)
          expect(new Set(row.below)).toEqual(new Set(lines.keys()))
        }
        expect(lines.size).toBe(0)
      }),
    )
  })

  it('gives up where there are too many lines side by side', () => {
    const wide = Array.from({ length: 20 }, () => [])
    expect(placeInLanes([...wide, wide.map((_, step) => step)], 0)).toBeUndefined()
  })
})
