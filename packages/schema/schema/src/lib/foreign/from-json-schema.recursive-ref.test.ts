import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../json-schema.ts'
import { fromJsonSchema } from './from-json-schema.ts'

/** A tree that others extend: what it means by `$recursiveRef` depends on where it was reached from. */
const tree = {
  $id: 'https://x.example/tree',
  $recursiveAnchor: true,
  type: 'object',
  properties: { data: true, children: { items: { $recursiveRef: '#' } } },
}
const strictTree = {
  $id: 'https://x.example/strict-tree',
  $recursiveAnchor: true,
  $ref: 'tree',
  unevaluatedProperties: false,
  $defs: { tree },
}
const misspelled = { children: [{ daat: 1 }] }

describe('$recursiveRef', () => {
  it.each<[string, JsonSchema, unknown, boolean]>([
    ['is a reference to the root where nobody extends it', tree, { children: [{ children: [1] }] }, false],
    ['takes what fits', strictTree, { children: [{ data: 1 }] }, true],
    ['means the outermost schema with the anchor', strictTree, misspelled, false],
    ['means the tree itself where that lets nobody in', without(strictTree, 'inner'), misspelled, true],
    ['means the tree itself where nobody outside asks for more', without(strictTree, 'outer'), misspelled, true],
    ['passes over schemas between that have no anchor', between(strictTree), misspelled, false],
    ['is a plain reference without any anchor', { items: { $recursiveRef: '#' }, type: 'array' }, [[1]], false],
    ['stands beside other keywords', { items: { $recursiveRef: '#', maxItems: 1 } }, [[1, 2]], false],
  ])('%s', async (_, document, value, expected) => {
    const validator = await fromJsonSchema(document, { draft: '2019-09' })
    expect([validator.is(value), validator.check(value).ok]).toEqual([expected, expected])
  })

  it('is no keyword of 2020-12', async () => {
    const validator = await fromJsonSchema({ items: { $recursiveRef: '#' }, type: 'array' }, { draft: '2020-12' })
    expect(validator.is([1])).toBe(true)
  })
})

function without(document: typeof strictTree, anchor: 'inner' | 'outer'): JsonSchema {
  const { $recursiveAnchor: _, ...bare } = anchor === 'inner' ? tree : document
  return anchor === 'inner' ? { ...document, $defs: { tree: bare } } : bare
}

function between(document: typeof strictTree): JsonSchema {
  const middle = { $id: 'https://x.example/middle', $ref: 'tree' }
  return { ...document, $ref: 'middle', $defs: { tree, middle } }
}

async function read(document: JsonSchema): Promise<unknown> {
  return fromJsonSchema(document, { draft: '2019-09' })
}

describe('keywords that 2019-09 has otherwise', () => {
  it.each<[string, JsonSchema, unknown, boolean]>([
    ['a tuple stands in items', { items: [{ type: 'string' }], additionalItems: false }, ['a', 1], false],
    ['additionalItems alone says nothing', { additionalItems: false }, [1], true],
    ['nor does it beside one schema for all items', { items: true, additionalItems: false }, [1], true],
    ['prefixItems says nothing', { prefixItems: [{ type: 'string' }] }, [1], true],
    [
      'what additionalItems looks at is evaluated',
      { items: [true], additionalItems: true, unevaluatedItems: false },
      [1, 2],
      true,
    ],
    ['what a tuple looks at is evaluated', { items: [true], unevaluatedItems: false }, [1, 2], false],
    ['what contains finds is not', { contains: { type: 'string' }, unevaluatedItems: false }, ['a'], false],
    ['dependentRequired counts', { dependentRequired: { a: ['b'] } }, { a: 1 }, false],
    ['dependentSchemas counts', { dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }, false],
    ['contains may be satisfied by nothing', { contains: false, minContains: 0 }, [1], true],
    ['maxContains counts', { contains: true, maxContains: 1 }, [1, 2], false],
    ['minContains alone says nothing', { minContains: 5 }, [], true],
    ['what stands beside a reference counts', { $ref: '#/$defs/a', maxItems: 1, $defs: { a: true } }, [1, 2], false],
    ['an anchor names a schema', { $ref: '#a', $defs: { a: { $anchor: 'a', type: 'string' } } }, 1, false],
    ['a format is an annotation', { format: 'email' }, 'no mail', true],
    [
      'so is content',
      { contentMediaType: 'application/json', contentEncoding: 'base64', contentSchema: false },
      '{',
      true,
    ],
  ])('%s', async (_, document, value, expected) => {
    expect((await fromJsonSchema(document, { draft: '2019-09' })).is(value)).toBe(expected)
  })

  it('refuses an $id with a fragment, and anchors as 2020-12 has them', async () => {
    await expect(read({ $id: 'https://x.example/#a' })).rejects.toMatchObject({ code: 'invalid_json_schema' })
    await expect(read({ $ref: '#a', $defs: { a: { $dynamicAnchor: 'a' } } })).rejects.toMatchObject({
      code: 'unresolved_reference',
    })
  })
})
