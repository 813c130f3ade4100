import { deepEqual, equal, ok } from 'node:assert/strict'
import { type CaseDefinition, finds, ranks, refuses, type Setting, withIndex } from './search-case.ts'

const cosine = { text: { type: 'text' }, tag: { type: 'keyword' }, v: { type: 'vector', dimensions: 3 } } as const
const dot = { v: { type: 'vector', dimensions: 2, metric: 'dot', stored: true } } as const

const space: Setting<typeof cosine> = {
  fields: cosine,
  documents: [
    { id: 'x', v: [1, 0, 0], tag: 'red', text: 'fox' },
    { id: 'long', v: [50, 50, 0], tag: 'red', text: 'fox dog' },
    { id: 'y', v: new Float32Array([0, 1, 0]), tag: 'blue', text: 'dog' },
    { id: 'back', v: [-1, 0, 0], tag: 'blue', text: 'cat' },
    { id: 'none', tag: 'red', text: 'fox fox' },
  ],
}

const plane: Setting<typeof dot> = {
  fields: dot,
  documents: [
    { id: 'short', v: [1, 0] },
    { id: 'long', v: [3, 3] },
    { id: 'zero', v: [0, 0] },
    { id: 'back', v: [-2, 0] },
  ],
}

const near = (vector: readonly number[], k?: number) => ({ nearest: { field: 'v' as const, vector, k } })

/** Nearness, and several rankings in one. */
export const vectorCases: readonly CaseDefinition[] = [
  ranks(
    space,
    'ranks by the angle, not the length',
    { query: near([1, 0.2, 0]) },
    ['x', 'long', 'y', 'back'],
    ['nearest.cosine'],
  ),
  ranks(space, 'finds the k nearest only', { query: near([1, 0.2, 0], 2) }, ['x', 'long'], ['nearest.cosine']),
  ranks(
    space,
    'finds the k nearest of those that the filter lets through',
    { query: near([1, 0.2, 0], 1), filter: { term: { tag: 'blue' } } },
    ['y'],
    ['nearest.cosine'],
  ),
  finds(
    space,
    'finds no more than there are',
    { query: near([1, 0, 0], 100) },
    ['x', 'long', 'y', 'back'],
    ['nearest.cosine'],
  ),
  finds(
    space,
    'finds no document without a vector',
    { query: near([1, 0, 0]), filter: { ids: ['none'] } },
    [],
    ['nearest.cosine'],
  ),
  withIndex(
    'scores by the cosine',
    space,
    async (index) => {
      const { hits, total } = await index.search({ query: near([2, 0, 0]) })
      equal(total, 4)
      const expected: Record<string, number> = { x: 1, long: Math.SQRT1_2, y: 0, back: -1 }
      for (const { id, score } of hits) ok(Math.abs(score - (expected[id] as number)) < 1e-5, `${id}: ${score}`)
    },
    ['nearest.cosine'],
  ),
  ranks(
    plane,
    'ranks by the scalar product',
    { query: near([1, 0.5]) },
    ['long', 'short', 'zero', 'back'],
    ['nearest.dot'],
  ),
  withIndex(
    'scores by the scalar product',
    plane,
    async (index) => {
      const { hits } = await index.search({ query: near([2, 1]) })
      deepEqual(
        hits.map(({ score }) => Math.round(score * 1e4) / 1e4),
        [9, 2, 0, -4],
      )
    },
    ['nearest.dot'],
  ),
  withIndex('gives stored vectors back', plane, async (index) => {
    const { hits } = await index.search({ filter: { ids: ['long'] }, fields: ['v'] })
    deepEqual(hits[0]?.fields, { v: [3, 3] })
  }),
  withIndex(
    'finds a vector that replaced another',
    space,
    async (index) => {
      await index.add([{ id: 'x', v: [0, 0, 1] }])
      const { hits } = await index.search({ query: near([0, 0, 1], 1) })
      equal(hits[0]?.id, 'x')
      equal((await index.search({ query: near([1, 0, 0], 1) })).hits[0]?.id, 'long')
    },
    ['nearest.cosine'],
  ),
  withIndex(
    'finds no vector of a removed document',
    space,
    async (index) => {
      await index.remove(['x'])
      deepEqual(
        (await index.search({ query: near([1, 0, 0], 1) })).hits.map(({ id }) => id),
        ['long'],
      )
    },
    ['nearest.cosine'],
  ),
  ranks(
    { fields: dot, documents: ['c', 'a', 'b'].map((id) => ({ id, v: [1, 1] })) },
    'puts equally near ones in the order of the ids',
    { query: near([1, 0], 2) },
    ['a', 'b'],
    ['nearest.dot'],
  ),
  withIndex(
    'pages through the nearest',
    space,
    async (index) => {
      const request = { query: near([1, 0.2, 0], 3), limit: 2 }
      const first = await index.search(request)
      const second = await index.search({ ...request, cursor: first.cursor })
      deepEqual(
        [...first.hits, ...second.hits].map(({ id }) => id),
        ['x', 'long', 'y'],
      )
      equal(second.cursor, undefined)
    },
    ['nearest.cosine', 'cursor'],
  ),
  withIndex(
    'counts facets over the nearest',
    space,
    async (index) => {
      const { facets } = await index.search({ query: near([1, 0.2, 0], 3), facets: { tag: {} } })
      deepEqual(facets.tag, [
        { value: 'red', count: 2 },
        { value: 'blue', count: 1 },
      ])
    },
    ['nearest.cosine', 'facets.values'],
  ),
  withIndex('refuses vectors of another length', space, async (index) => {
    await refuses(
      index.search({ query: near([1, 0]) }),
      'invalid_query',
      '"query.nearest.vector" must be an array of 3 finite numbers, not of 2, got an array.',
    )
    await refuses(
      index.add([{ id: 'a', v: [1] }]),
      'invalid_document',
      '"documents[0].v" must be an array of 3 finite numbers, not of 1, got an array.',
    )
  }),
  withIndex('refuses a vector without a direction', space, async (index) => {
    await refuses(index.search({ query: near([0, 0, 0]) }), 'invalid_query')
    await refuses(index.add([{ id: 'a', v: [0, 0, 0] }]), 'invalid_document')
    await refuses(index.add([{ id: 'a', v: [Number.NaN, 0, 0] }]), 'invalid_document')
  }),
  ranks(
    space,
    'fuses ranks: in both lists is better than first in one',
    { query: { hybrid: [{ query: { match: 'fox' } }, { query: near([0.9, 1, 0], 3) }] } },
    ['long', 'x', 'none', 'y'],
    ['hybrid', 'nearest.cosine'],
  ),
  withIndex(
    'scores by reciprocal ranks',
    space,
    async (index) => {
      const query = {
        hybrid: [
          { query: { match: 'cat' }, weight: 2 },
          { query: near([-1, 0.1, 0], 2), weight: 3 },
        ],
        rankConstant: 10,
      }
      const { hits, total } = await index.search({ query })
      equal(total, 2)
      deepEqual(
        hits.map(({ id }) => id),
        ['back', 'y'],
      )
      ok(Math.abs((hits[0]?.score ?? 0) - (2 / 11 + 3 / 11)) < 1e-9)
      ok(Math.abs((hits[1]?.score ?? 0) - 3 / 12) < 1e-9)
    },
    ['hybrid', 'nearest.cosine'],
  ),
  withIndex(
    'counts a list by its weight',
    space,
    async (index) => {
      const words = { query: { match: 'cat' } }
      const vectors = { query: near([0, 1, 0], 1) }
      const first = await index.search({ query: { hybrid: [{ ...words, weight: 2 }, vectors] } })
      const second = await index.search({ query: { hybrid: [words, { ...vectors, weight: 2 }] } })
      deepEqual([first.hits[0]?.id, second.hits[0]?.id], ['back', 'y'])
    },
    ['hybrid', 'nearest.cosine'],
  ),
  finds(
    space,
    'takes the best of each list up to the depth',
    { query: { hybrid: [{ query: { match: 'fox' } }, { query: near([1, 0, 0]) }], depth: 1 } },
    ['none', 'x'],
    ['hybrid', 'nearest.cosine'],
  ),
  finds(
    space,
    'filters every list of a hybrid',
    {
      query: { hybrid: [{ query: { match: 'fox cat' } }, { query: near([1, 0, 0]) }] },
      filter: { term: { tag: 'blue' } },
    },
    ['back', 'y'],
    ['hybrid', 'nearest.cosine'],
  ),
  ranks(
    space,
    'takes a hybrid of one list',
    { query: { hybrid: [{ query: near([1, 0.2, 0], 2) }] } },
    ['x', 'long'],
    ['hybrid', 'nearest.cosine'],
  ),
  finds(
    space,
    'takes a hybrid of words alone',
    { query: { hybrid: [{ query: { match: 'dog' } }, { query: { match: 'cat' } }] } },
    ['long', 'y', 'back'],
    ['hybrid'],
  ),
  withIndex(
    'pages through a hybrid, with fields and facets',
    space,
    async (index) => {
      const request = {
        query: { hybrid: [{ query: { match: 'fox' } }, { query: near([0.9, 1, 0], 3) }] },
        fields: ['tag'] as const,
        facets: { tag: {} },
        limit: 3,
      }
      const first = await index.search(request)
      const second = await index.search({ ...request, cursor: first.cursor })
      deepEqual(
        [...first.hits, ...second.hits].map(({ id, fields }) => [id, fields.tag]),
        [
          ['long', 'red'],
          ['x', 'red'],
          ['none', 'red'],
          ['y', 'blue'],
        ],
      )
      deepEqual([first.total, second.total, second.cursor], [4, 4, undefined])
      deepEqual(second.facets.tag, [
        { value: 'red', count: 3 },
        { value: 'blue', count: 1 },
      ])
    },
    ['hybrid', 'nearest.cosine', 'cursor', 'facets.values'],
  ),
  withIndex('refuses to sort a hybrid by a field', space, async (index) => {
    await refuses(
      index.search({ query: { hybrid: [{ query: { match: 'fox' } }] }, sort: [{ field: 'tag' }] }),
      'invalid_query',
      '"sort[0]" must be "score": the hits of a hybrid query are in their fused order.',
    )
  }),
]
