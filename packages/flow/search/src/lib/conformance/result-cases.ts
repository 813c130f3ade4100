import { deepEqual, equal, ok } from 'node:assert/strict'
import { type CaseDefinition, type Setting, withIndex } from './search-case.ts'

const fields = {
  title: { type: 'text' },
  text: { type: 'text' },
  hidden: { type: 'text', stored: false },
  tag: { type: 'keyword' },
  year: { type: 'number' },
  at: { type: 'date' },
  ok: { type: 'boolean' },
  v: { type: 'vector', dimensions: 2 },
} as const

const items: Setting<typeof fields> = {
  fields,
  documents: [
    {
      id: 'a',
      title: 'Foxes',
      text: ['The quick brown fox jumps.', 'A second fox & <b>"more"</b> text.'],
      hidden: 'fox',
      tag: ['red', 'wild'],
      year: 2001,
      at: '2020-02-29T10:00:00+02:00',
      ok: false,
      v: [1, 0],
    },
    { id: 'b', text: 'A dog sleeps.', tag: '', year: [0, 1.5], v: [0, 1] },
  ],
}

const long = `${'word '.repeat(200)}needle ${'word '.repeat(200)}needle thread ${'word '.repeat(200)}`

/** What hits give back: fields, highlights, explanations. */
export const resultCases: readonly CaseDefinition[] = [
  withIndex('gives no fields unless asked for', items, async (index) => {
    deepEqual((await index.search({ query: 'fox' })).hits[0]?.fields, {})
  }),
  withIndex('gives back what was stored, one value alone and several as an array', items, async (index) => {
    const { hits } = await index.search({ fields: ['title', 'text', 'tag', 'year', 'at', 'ok'], sort: [] })
    deepEqual(
      hits.map((hit) => hit.fields),
      [
        {
          title: 'Foxes',
          text: ['The quick brown fox jumps.', 'A second fox & <b>"more"</b> text.'],
          tag: ['red', 'wild'],
          year: 2001,
          at: '2020-02-29T08:00:00.000Z',
          ok: false,
        },
        { text: 'A dog sleeps.', tag: '', year: [0, 1.5] },
      ],
    )
  }),
  withIndex('gives back long text and every character', items, async (index) => {
    const text = `${'ab\u0000c\r\n\t"\'\\ \u{1f600} e\u0301 \u2028 '.repeat(2000)}end`
    await index.add([{ id: 'c', text }])
    equal((await index.search({ filter: { ids: ['c'] }, fields: ['text'] })).hits[0]?.fields.text, text)
  }),
  withIndex('finds by text that is not stored', items, async (index) => {
    equal((await index.search({ query: { match: 'fox', fields: ['hidden'] } })).hits[0]?.id, 'a')
    equal((await index.search({ filter: { exists: 'hidden' } })).total, 1)
  }),
  withIndex(
    'marks the words that matched, by whatever form',
    items,
    async (index) => {
      const [hit] = (await index.search({ query: 'foxes', highlight: { fields: ['title', 'text'] } })).hits
      deepEqual(hit?.highlights, {
        title: ['<mark>Foxes</mark>'],
        text: [
          'The quick brown <mark>fox</mark> jumps.',
          'A second <mark>fox</mark> &amp; &lt;b&gt;&quot;more&quot;&lt;/b&gt; text.',
        ],
      })
    },
    ['highlight'],
  ),
  withIndex(
    'marks with markers of the caller, and leaves text as it is if asked to',
    items,
    async (index) => {
      const highlight = { fields: ['text'], markers: ['[', ']'], escape: 'none', fragments: 1 } as const
      const [hit] = (await index.search({ query: 'second', highlight })).hits
      deepEqual(hit?.highlights, { text: ['A [second] fox & <b>"more"</b> text.'] })
    },
    ['highlight'],
  ),
  withIndex(
    'marks nothing in fields without a match',
    items,
    async (index) => {
      const [hit] = (await index.search({ query: 'dog', highlight: { fields: ['title', 'text'] } })).hits
      deepEqual(hit?.highlights, { text: ['A <mark>dog</mark> sleeps.'] })
    },
    ['highlight'],
  ),
  withIndex(
    'gives fragments of at most the size around the matches, the best first',
    items,
    async (index) => {
      await index.add([{ id: 'c', text: long }])
      const highlight = { fields: ['text'], size: 60, fragments: 2 } as const
      const [hit] = (await index.search({ query: 'needle thread', highlight })).hits
      const fragments = hit?.highlights.text ?? []
      equal(fragments.length, 2)
      ok(fragments[0]?.includes('<mark>needle</mark> <mark>thread</mark>'), fragments[0])
      for (const fragment of fragments) ok(fragment.replaceAll(/<\/?mark>/g, '').length <= 60, fragment)
    },
    ['highlight'],
  ),
  withIndex(
    'marks a beginning',
    items,
    async (index) => {
      const [hit] = (await index.search({ query: { match: 'jum', mode: 'prefix' }, highlight: { fields: ['text'] } }))
        .hits
      deepEqual(hit?.highlights.text, ['The quick brown fox <mark>jumps</mark>.'])
    },
    ['highlight', 'match.prefix'],
  ),
  withIndex(
    'marks a near spelling',
    items,
    async (index) => {
      const [hit] = (await index.search({ query: { match: 'qiuck', mode: 'fuzzy' }, highlight: { fields: ['text'] } }))
        .hits
      deepEqual(hit?.highlights.text, ['The <mark>quick</mark> brown fox jumps.'])
    },
    ['highlight', 'match.fuzzy'],
  ),
  withIndex(
    'marks the words of a hybrid',
    items,
    async (index) => {
      const query = {
        hybrid: [{ query: { match: 'dog' } }, { query: { nearest: { field: 'v', vector: [0, 1], k: 1 } } }],
      } as const
      const [hit] = (await index.search({ query, highlight: { fields: ['text'] } })).hits
      deepEqual(hit?.highlights.text, ['A <mark>dog</mark> sleeps.'])
    },
    ['highlight', 'hybrid', 'nearest.cosine'],
  ),
  withIndex(
    'marks Chinese characters that matched',
    { fields: { text: { type: 'text' } }, documents: [{ id: 'a', text: '全文検索エンジン' }] },
    async (index) => {
      const [hit] = (await index.search({ query: '検索', highlight: { fields: ['text'] } })).hits
      deepEqual(hit?.highlights.text, ['全文<mark>検索</mark>エンジン'])
    },
    ['highlight'],
  ),
  withIndex('explains nothing unless asked to', items, async (index) => {
    const result = await index.search({ query: 'fox' })
    deepEqual([result.explain, result.hits[0]?.explain], [undefined, undefined])
  }),
  withIndex(
    'explains a score by words',
    items,
    async (index) => {
      const [hit] = (await index.search({ query: 'fox', explain: true })).hits
      const explain = hit?.explain
      ok(explain?.type === 'text')
      ok(Math.abs(explain.score - (hit?.score ?? 0)) <= 1e-6 * Math.abs(explain.score))
      ok(explain.terms !== undefined || explain.native !== undefined)
      if (explain.terms !== undefined) {
        const sum = explain.terms.reduce((total, term) => total + term.score, 0)
        ok(Math.abs(sum - explain.score) < 1e-6 * explain.score)
      }
    },
    ['explain'],
  ),
  withIndex(
    'explains a score by nearness',
    items,
    async (index) => {
      const [hit] = (await index.search({ query: { nearest: { field: 'v', vector: [1, 0], k: 1 } }, explain: true }))
        .hits
      const { explain } = hit ?? {}
      ok(explain?.type === 'vector')
      deepEqual([explain.field, explain.metric, typeof explain.exact], ['v', 'cosine', 'boolean'])
      ok(Math.abs(explain.score - 1) < 1e-5)
    },
    ['explain', 'nearest.cosine'],
  ),
  withIndex(
    'explains a fused score, list by list',
    items,
    async (index) => {
      const query = {
        hybrid: [{ query: { match: 'fox' } }, { query: { nearest: { field: 'v', vector: [0, 1], k: 1 } }, weight: 2 }],
      } as const
      const { hits } = await index.search({ query, explain: true })
      const explained = hits.map(({ id, explain }) => {
        ok(explain?.type === 'fused')
        return [id, explain.lists.map(({ rank, weight, explain: inner }) => [rank, weight, inner?.type])]
      })
      deepEqual(explained, [
        [
          'b',
          [
            [undefined, 1, undefined],
            [1, 2, 'vector'],
          ],
        ],
        [
          'a',
          [
            [1, 1, 'text'],
            [undefined, 2, undefined],
          ],
        ],
      ])
    },
    ['explain', 'hybrid', 'nearest.cosine'],
  ),
  withIndex(
    'explains a hit of a filter',
    items,
    async (index) => {
      const [hit] = (await index.search({ filter: { exists: 'ok' }, explain: true })).hits
      deepEqual(hit?.explain, { type: 'filter', score: 0 })
    },
    ['explain'],
  ),
  withIndex(
    'explains the query that ran, in plain JSON',
    items,
    async (index) => {
      const { explain } = await index.search({
        query: 'fox',
        filter: { and: [{ term: { tag: 'red' } }, { exists: 'year' }] },
        explain: true,
      })
      equal(explain?.backend, index.capabilities.backend)
      equal(explain?.native.length, 1)
      deepEqual(JSON.parse(JSON.stringify(explain)), explain)
      equal(explain?.pushedDown.length, 2)
    },
    ['explain'],
  ),
  withIndex(
    'scores no document that the filter does not let through',
    {
      fields: { text: { type: 'text' }, tag: { type: 'keyword' }, v: { type: 'vector', dimensions: 2 } },
      documents: Array.from({ length: 100 }, (_, at) => ({
        id: `${at}`,
        text: 'fox',
        tag: `t${at % 10}`,
        v: [1, at + 1],
      })),
    },
    async (index) => {
      const filter = { term: { tag: 't3' } }
      const words = await index.search({ query: 'fox', filter, explain: true })
      equal(words.explain?.visited, 10)
      const vectors = await index.search({ query: { nearest: { field: 'v', vector: [1, 0] } }, filter, explain: true })
      equal(vectors.explain?.visited, 10)
      const all = await index.search({ query: 'fox', explain: true })
      equal(all.explain?.visited, 100)
    },
    ['explain', 'explain.visited', 'nearest.cosine'],
  ),
]
