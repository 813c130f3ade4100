import type { Analyzer } from '@empire/analyzer'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createIndex } from './create-index.ts'

const letters: Analyzer = {
  name: 'letters',
  tokens: (text) => [...text],
  term: (token) => (token === '.' ? undefined : token),
}
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', '.'), maxLength: 12 })
const id: fc.Arbitrary<string> = fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')
const document = fc.record({ id, title: text, text })
interface Entry {
  id: string
  title: string
  text: string
}

interface Change {
  add: Entry[]
  remove: string[]
  search: string
}

const change: fc.Arbitrary<Change> = fc.record({
  add: fc.array(document, { maxLength: 4 }),
  remove: fc.array(id, { maxLength: 3 }),
  search: text,
})

function create() {
  return createIndex({ fields: { title: { weight: 2 }, text: {} }, analyzer: letters })
}

function count(value: string, letter: string): number {
  return value.split(letter).length - 1
}

function length(value: string): number {
  return value.replaceAll('.', '').length
}

/** The definition of the score, word by word. */
function score(entry: Entry, entries: readonly Entry[], match: string): number {
  const query = [...match].filter((letter) => letter !== '.')
  return query.reduce((sum, letter) => {
    const having = entries.filter((other) => other.title.includes(letter) || other.text.includes(letter)).length
    const weight = (['title', 'text'] as const).reduce((total, field) => {
      const average = entries.reduce((all, other) => all + length(other[field]), 0) / entries.length
      const occurrences = count(entry[field], letter) * (field === 'title' ? 2 : 1)
      return occurrences === 0 ? total : total + occurrences / (0.25 + (0.75 * length(entry[field])) / average)
    }, 0)
    return sum + (Math.log(1 + (entries.length - having + 0.5) / (having + 0.5)) * 2.5 * weight) / (weight + 1.5)
  }, 0)
}

describe('an index', () => {
  it('after any adds, updates and removals answers like a new one of the documents left', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), text, (changes, match) => {
        const index = create()
        const expected = new Map<string, Entry>()
        for (const { add, remove, search } of changes) {
          index.add(add)
          for (const entry of add) {
            expected.delete(entry.id)
            expected.set(entry.id, entry)
          }
          index.search({ match: search })
          expect(index.remove(remove)).toBe(remove.filter((removed) => expected.delete(removed)).length)
        }
        const fresh = create()
        fresh.add(expected.values())
        expect(index.size).toBe(expected.size)
        expect(index.search({ match, limit: Infinity })).toEqual(fresh.search({ match, limit: Infinity }))
      }),
      { numRuns: 300 },
    )
  })

  it('ranks by the definition of BM25F', () => {
    fc.assert(
      fc.property(fc.uniqueArray(document, { selector: (entry) => entry.id }), text, (entries, match) => {
        const index = create()
        index.add(entries)
        const { hits, total } = index.search({ match, limit: Infinity })
        const scores = new Map(entries.map((entry) => [entry.id, score(entry, entries, match)]))
        expect(total).toBe([...scores.values()].filter((value) => value > 0).length)
        for (const hit of hits) expect(hit.score).toBeCloseTo(scores.get(hit.id) as number, 10)
        for (const [at, hit] of hits.entries()) expect(hit.score).toBeLessThanOrEqual(hits[at - 1]?.score ?? Infinity)
      }),
    )
  })

  it('gives the first of all hits for a smaller limit', () => {
    fc.assert(
      fc.property(fc.array(document), text, fc.nat(12), (entries, match, limit) => {
        const index = create()
        index.add(entries)
        const all = index.search({ match, limit: Infinity })
        expect(index.search({ match, limit })).toEqual({ hits: all.hits.slice(0, limit), total: all.total })
      }),
    )
  })
})
