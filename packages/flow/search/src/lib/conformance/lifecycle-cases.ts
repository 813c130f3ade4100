import { deepEqual, equal, rejects } from 'node:assert/strict'
import type { Embedder } from '../embedder.ts'
import { type CaseDefinition, refuses, type SearchCasesOptions, type Setting, withIndex } from './search-case.ts'

const fields = { text: { type: 'text' }, tag: { type: 'keyword' } } as const
const setting: Setting<typeof fields> = { fields, documents: [{ id: 'a', text: 'fox', tag: 'x' }] }

/** Counts letters: texts of the same letters are near. */
function letters(id: string, calls: string[][] = []): Embedder {
  return {
    id,
    async embed(texts, options) {
      calls.push([options?.purpose ?? '', ...texts])
      return { vectors: texts.map((text) => [...'abcd'].map((letter) => text.split(letter).length - 1 + 0.01)) }
    },
  }
}

const embedded = {
  text: { type: 'text', analyzer: 'plain' },
  v: { type: 'vector', dimensions: 4, from: ['text'] },
} as const

function keptCase(
  name: string,
  run: (options: SearchCasesOptions & { readonly reopen: NonNullable<SearchCasesOptions['reopen']> }) => Promise<void>,
): CaseDefinition {
  return {
    name,
    async run(options) {
      const { reopen } = options
      if (reopen !== undefined) await run({ ...options, reopen })
    },
  }
}

/** A case whose setting keeps something: each run has its own. */
function fresh(define: () => CaseDefinition): CaseDefinition {
  return { ...define(), run: (options) => define().run(options) }
}

/** Embedding, what is kept, aborts, closing. */
export const lifecycleCases: readonly CaseDefinition[] = [
  withIndex(
    'embeds the texts of documents and of queries',
    { fields: embedded, embedder: letters('letters') },
    async (index) => {
      await index.add([
        { id: 'a', text: 'aaa b' },
        { id: 'b', text: 'bbb a' },
        { id: 'own', text: 'aaa', v: [0, 0, 0, 1] },
        { id: 'none' },
      ])
      const { hits } = await index.search({ query: { nearest: { field: 'v', text: 'aa' } } })
      deepEqual(
        hits.map(({ id }) => id),
        ['a', 'b', 'own'],
      )
      equal(index.manifest.embedder, 'letters')
    },
    ['nearest.cosine'],
  ),
  fresh(() => {
    const calls: string[][] = []
    return withIndex(
      'embeds the same text once, in batches, and says what for',
      { fields: embedded, embedder: letters('letters', calls), embeddingCache: new Map() },
      async (index) => {
        await index.add([
          { id: 'a', text: 'aaa' },
          { id: 'b', text: 'aaa' },
          { id: 'c', text: 'b' },
        ])
        await index.add([{ id: 'd', text: 'b' }])
        await index.search({ query: { nearest: { field: 'v', text: 'b' } } })
        await index.search({ query: { nearest: { field: 'v', text: 'b' } } })
        deepEqual(calls.splice(0), [
          ['document', 'aaa', 'b'],
          ['query', 'b'],
        ])
      },
      ['nearest.cosine'],
    )
  }),
  withIndex(
    'embeds the texts of a hybrid',
    { fields: embedded, embedder: letters('letters') },
    async (index) => {
      await index.add([
        { id: 'a', text: 'aaa b' },
        { id: 'b', text: 'bbb a' },
      ])
      const { hits } = await index.search({
        query: { hybrid: [{ query: { match: 'aaa' } }, { query: { nearest: { field: 'v', text: 'a' } } }] },
      })
      deepEqual(
        hits.map(({ id }) => id),
        ['a', 'b'],
      )
    },
    ['hybrid', 'nearest.cosine'],
  ),
  withIndex(
    'refuses text to embed without an embedder',
    { fields: embedded },
    async (index) => {
      await refuses(
        index.add([{ id: 'a', text: 'a' }]),
        'embedder_not_set',
        'Text has to become a vector of "v", and the index has no embedder. Open it with "embedder", or give the vector.',
      )
      await refuses(index.search({ query: { nearest: { field: 'v', text: 'a' } } }), 'embedder_not_set')
      await index.add([{ id: 'a', text: 'a', v: [1, 0, 0, 0] }])
      equal((await index.search()).total, 1)
    },
    ['nearest.cosine'],
  ),
  withIndex(
    'refuses the vector of another embedder',
    { fields: embedded, embedder: letters('letters') },
    async (index) => {
      const nearest = { field: 'v', vector: [1, 0, 0, 0] } as const
      await refuses(
        index.search({ query: { nearest: { ...nearest, embedder: 'others' } } }),
        'fingerprint_mismatch',
        'The index has vectors of the embedder "letters", and "query.nearest.embedder" says that the vector is one of "others". Embed the query as the documents were, or index them anew.',
      )
      equal((await index.search({ query: { nearest: { ...nearest, embedder: 'letters' } } })).total, 0)
    },
    ['nearest.cosine'],
  ),
  withIndex(
    'refuses vectors that the embedder should not have given, and adds none',
    { fields: embedded, embedder: { id: 'bad', embed: async () => ({ vectors: [[1]] }) } },
    async (index) => {
      await refuses(index.add([{ id: 'a', text: 'a' }]), 'invalid_embedding')
      await refuses(
        index.add([
          { id: 'a', text: 'a' },
          { id: 'b', text: 'b' },
        ]),
        'invalid_embedding',
        'The embedder "bad" must give 2 vectors, got 1.',
      )
      equal((await index.search()).total, 0)
    },
  ),
  fresh(() => {
    const failure = new Error('no network')
    return withIndex(
      'passes on why the embedder failed, and adds none',
      { fields: embedded, embedder: { id: 'down', embed: () => Promise.reject(failure) } },
      async (index) => {
        await rejects(index.add([{ id: 'a', text: 'a' }]), (error) => error === failure)
        equal((await index.search()).total, 0)
      },
    )
  }),
  withIndex('does nothing for a call that is aborted before', setting, async (index) => {
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    const isReason = (error: unknown): boolean => error === reason
    await rejects(index.add([{ id: 'b', text: 'fox' }], { signal }), isReason)
    await rejects(index.remove(['a'], { signal }), isReason)
    await rejects(index.replace({ ids: ['a'] }, [], { signal }), isReason)
    await rejects(index.search({ query: 'fox' }, { signal }), isReason)
    await rejects(index.statistics({ signal }), isReason)
    await rejects(index.optimize({ signal }), isReason)
    equal((await index.search({ query: 'fox' })).total, 1)
  }),
  fresh(() => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const embed: Embedder['embed'] = (_texts, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener('abort', () => reject(options.signal?.reason), { once: true })
        controller.abort(reason)
      })
    return withIndex(
      'stops a call while it embeds',
      { fields: embedded, embedder: { id: 'slow', embed } },
      async (index) => {
        await rejects(index.add([{ id: 'a', text: 'a' }], { signal: controller.signal }), (error) => error === reason)
        equal((await index.search()).total, 0)
      },
    )
  }),
  withIndex('refuses every call once it is closed', setting, async (index) => {
    await index.close()
    await index.close()
    await refuses(index.search({ query: 'fox' }), 'index_closed')
    await refuses(index.add([{ id: 'b' }]), 'index_closed')
    await refuses(index.remove(['a']), 'index_closed')
    await refuses(index.statistics(), 'index_closed')
    await refuses(index.optimize(), 'index_closed')
  }),
  withIndex('answers the calls under way before it closes', setting, async (index) => {
    const call = index.search({ query: 'fox' })
    const write = index.add([{ id: 'b', text: 'fox' }])
    await index.close()
    equal((await call).total >= 1, true)
    await write
  }),
  withIndex('refuses wrong requests before it looks whether it is closed', setting, async (index) => {
    await refuses(index.search({ querry: 'x' } as never), 'invalid_query')
  }),
  withIndex('tells what it was made with', { fields: embedded, embedder: letters('letters') }, async (index) => {
    deepEqual(JSON.parse(JSON.stringify(index.manifest)), {
      version: 1,
      fields: [
        { name: 'text', type: 'text', analyzer: 'plain', weight: 1, stored: true },
        { name: 'v', type: 'vector', dimensions: 4, metric: 'cosine', from: ['text'], stored: false },
      ],
      embedder: 'letters',
    })
  }),
  withIndex('names itself and what it can', setting, async (index) => {
    equal(index.capabilities.backend.length > 0, true)
    equal(index.capabilities.features.includes('match.any'), true)
  }),
  keptCase('keeps everything when it is opened anew', async ({ createIndex, reopen }) => {
    const options = { fields: embedded, embedder: letters('letters') }
    const first = await createIndex(options)
    await first.add([
      { id: 'a', text: ['aaa b', 'second value'] },
      { id: 'b', text: 'bbb a' },
      { id: 'c', text: 'ccc' },
    ])
    await first.remove(['c'])
    const requests = [
      { query: 'aaa bbb', fields: ['text'] },
      { query: { match: 'second value', mode: 'phrase' } },
      { query: { match: 'sec', mode: 'prefix' } },
      { query: { nearest: { field: 'v', text: 'aa' } } },
      { sort: [] },
    ] as const
    const before = await Promise.all(requests.map((request) => first.search(request)))
    const second = await reopen(first as never, options)
    const after = await Promise.all(requests.map((request) => second.search(request)))
    deepEqual(JSON.parse(JSON.stringify(after)), JSON.parse(JSON.stringify(before)))
    await second.add([{ id: 'd', text: 'bbb ddd' }])
    equal((await second.search({ query: 'bbb' })).total, 2)
    await second.close()
  }),
  keptCase('refuses to be opened with another schema, analyzer or embedder', async ({ createIndex, reopen }) => {
    const rows: readonly (readonly [options: object, difference: string])[] = [
      [{ fields: { ...embedded, more: { type: 'keyword' } }, embedder: letters('letters') }, 'field "more" is new'],
      [{ fields: { text: embedded.text }, embedder: letters('letters') }, 'field "v" is missing'],
      [
        { fields: { ...embedded, text: { type: 'text', analyzer: 'english' } }, embedder: letters('letters') },
        'field "text": analyzer was "plain", is "english"',
      ],
      [{ fields: embedded, embedder: letters('others') }, 'embedder: made with "letters", opened with "others"'],
    ]
    for (const [options, difference] of rows) {
      const index = await createIndex({ fields: embedded, embedder: letters('letters') })
      await index.add([{ id: 'a', text: 'a' }])
      await refuses(
        (async () => reopen(index as never, options as never))(),
        'fingerprint_mismatch',
        `The index was made otherwise than it is opened: ${difference}. Open it as it was made, or index the documents anew.`,
      )
    }
  }),
  keptCase('may be opened without its embedder, for words', async ({ createIndex, reopen }) => {
    const first = await createIndex({ fields: embedded, embedder: letters('letters') })
    await first.add([{ id: 'a', text: 'fox' }])
    const second = await reopen(first as never, { fields: embedded })
    equal((await second.search({ query: 'fox' })).total, 1)
    equal(second.manifest.embedder, 'letters')
    await refuses(second.add([{ id: 'b', text: 'fox' }]), 'embedder_not_set')
    await second.close()
  }),
]
