import { type Analyzer, foldWord } from '@empire/analyzer'
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

const fields = { title: { type: 'text', weight: 2 }, text: { type: 'text' } } as const

function create() {
  return createIndex({ fields, analyzer: letters })
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
  it('after any adds, updates and removals answers like a new one of the documents left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 30 }), text, async (changes, match) => {
        const index = create()
        const expected = new Map<string, Entry>()
        for (const { add, remove, search } of changes) {
          await index.add(add)
          for (const entry of add) expected.set(entry.id, entry)
          await index.search({ query: search })
          expect(await index.remove(remove)).toBe(remove.filter((removed) => expected.delete(removed)).length)
        }
        const fresh = create()
        await fresh.add(expected.values())
        expect((await index.statistics()).documents).toBe(expected.size)
        for (const mode of ['any', 'all', 'phrase', 'prefix', 'fuzzy'] as const) {
          const request = { query: { match, mode }, limit: 100, explain: true, fields: ['title'] as const }
          const answer = await index.search(request)
          // Which documents match is the same to the last bit; sums are, too, for each adds its terms in one order.
          expect(answer).toEqual(await fresh.search(request))
        }
      }),
      { numRuns: 150 },
    )
  })

  it('ranks by the definition of BM25F', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(document, { selector: (entry) => entry.id }), text, async (entries, match) => {
        const index = create()
        await index.add(entries)
        const { hits, total } = await index.search({ query: match, limit: 100 })
        const scores = new Map(entries.map((entry) => [entry.id, score(entry, entries, match)]))
        expect(total).toBe([...scores.values()].filter((value) => value > 0).length)
        for (const hit of hits) expect(hit.score).toBeCloseTo(scores.get(hit.id) as number, 10)
        for (const [at, hit] of hits.entries()) expect(hit.score).toBeLessThanOrEqual(hits[at - 1]?.score ?? Infinity)
      }),
    )
  })

  it('finds phrases as a search through the words does', async () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(words, { maxLength: 3 }), { maxLength: 6 }),
        words,
        fc.nat(3),
        async (documents, match, slop) => {
          const index = create()
          await index.add(documents.map((texts, at) => ({ id: `${at}`, text: texts })))
          const { hits } = await index.search({ query: { match, mode: 'phrase', slop } })
          const expected = documents.flatMap((texts, at) =>
            texts.some((value) => hasPhrase(value, match, slop)) ? [`${at}`] : [],
          )
          expect(hits.map((hit) => hit.id).toSorted()).toEqual(expected)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('finds all words, beginnings and near spellings as a comparison with every word does', async () => {
    const unit = fc.constantFrom('a', 'b', 'c', 'é', 'ß', 'ς', '𐐨')
    const word = fc.string({ unit, minLength: 1, maxLength: 7 })
    const some = fc.array(word, { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(some, { maxLength: 8 }),
        some,
        fc.constantFrom('all', 'prefix', 'fuzzy' as const),
        fc.nat(2),
        fc.nat(3),
        async (documents, asked, mode, distance, prefixLength) => {
          const index = createIndex({ fields: { text: { type: 'text' } }, analyzer: 'plain' })
          await index.add(documents.map((own, at) => ({ id: `${at}`, text: own.join(' ') })))
          const options = mode === 'fuzzy' ? { distance: distance as 0 | 1 | 2, prefixLength } : {}
          const { hits } = await index.search({ query: { match: asked.join(' '), mode, ...options }, limit: 100 })
          const wanted = asked.map(foldWord)
          const expected = documents.flatMap((own, at) => {
            const has = own.map(foldWord)
            const isNear = (one: string): boolean =>
              has.some((other) => other.startsWith(one.slice(0, prefixLength)) && slipsBetween(one, other) <= distance)
            const isFound =
              mode === 'fuzzy'
                ? wanted.some(isNear)
                : wanted.length > 0 &&
                  wanted.every((one, place) =>
                    mode === 'prefix' && place === wanted.length - 1
                      ? has.some((other) => other.startsWith(one))
                      : has.includes(one),
                  )
            return isFound ? [`${at}`] : []
          })
          expect(hits.map((hit) => hit.id).toSorted()).toEqual(expected)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('gives the first of all hits for a smaller limit, and the rest behind the cursor', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(document), text, fc.integer({ min: 1, max: 12 }), async (entries, match, limit) => {
        const index = create()
        await index.add(entries)
        const all = await index.search({ query: match, limit: 100 })
        const first = await index.search({ query: match, limit })
        expect(first.hits).toEqual(all.hits.slice(0, limit))
        expect(first.cursor === undefined).toBe(all.total <= limit)
        if (first.cursor === undefined) return
        const rest = await index.search({ query: match, limit: 100, cursor: first.cursor })
        expect(rest.hits).toEqual(all.hits.slice(limit))
      }),
    )
  })
})

/** Optimal string alignment, the whole table. */
function slipsBetween(left: string, right: string): number {
  const rows = Array.from({ length: left.length + 1 }, (_, at) => [at])
  rows[0] = Array.from({ length: right.length + 1 }, (_, at) => at)
  for (let row = 1; row <= left.length; row += 1) {
    for (let column = 1; column <= right.length; column += 1) {
      const at = (up: number, back: number): number => rows[row - up]?.[column - back] as number
      let least = Math.min(at(1, 0) + 1, at(0, 1) + 1, at(1, 1) + (left[row - 1] === right[column - 1] ? 0 : 1))
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        least = Math.min(least, at(2, 2) + 1)
      }
      ;(rows[row] as number[])[column] = least
    }
  }
  return rows[left.length]?.[right.length] as number
}

/** Every way to choose places for the letters, tried. A dot is a word that is not indexed. */
function hasPhrase(value: string, match: string, slop: number): boolean {
  const places = [...match].flatMap((letter, at) => (letter === '.' ? [] : [{ letter, at }]))
  const [first] = places
  if (first === undefined) return false
  const goesOn = (next: number, before: number, left: number): boolean => {
    const place = places[next]
    if (place === undefined) return true
    const from = before + place.at - (places[next - 1]?.at as number)
    return Array.from({ length: left + 1 }, (_, extra) => extra).some(
      (extra) => value[from + extra] === place.letter && goesOn(next + 1, from + extra, left - extra),
    )
  }
  return [...value].some((letter, at) => letter === first.letter && goesOn(1, at, slop))
}
