import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { StreamPart } from '../stream-part.ts'
import { answer, request, scriptedModel } from '../wrappers/scripted-model.ts'
import { withRetry } from '../wrappers/with-retry.ts'
import { ModelError } from '../model-error.ts'
import { type ObjectPart, streamObject } from './stream-object.ts'

const schema = z.object({ name: z.string(), tags: z.array(z.string()) })
const says = (...texts: string[]): StreamPart[] => [
  { type: 'text-start' },
  ...texts.map((text) => ({ type: 'text-delta', text }) as const),
  { type: 'text-end' },
  ...answer.slice(4),
]

async function all<Output>(parts: AsyncIterable<ObjectPart<Output>>): Promise<ObjectPart<Output>[]> {
  const list: ObjectPart<Output>[] = []
  for await (const part of parts) list.push(part)
  return list
}

describe('streamObject', () => {
  it('gives the object as it grows, and the whole at the end', async () => {
    const { model } = scriptedModel(says('Sure: {"name": "A', 'da", "tags', '": ["x"', '', ', "y"]}'))
    const parts = await all(streamObject(model, request, schema))
    expect(parts.slice(0, -1)).toEqual([
      { type: 'object-partial', value: { name: 'A' } },
      { type: 'object-partial', value: { name: 'Ada' } },
      { type: 'object-partial', value: { name: 'Ada', tags: ['x'] } },
      { type: 'object-partial', value: { name: 'Ada', tags: ['x', 'y'] } },
    ])
    expect(parts.at(-1)).toMatchObject({ type: 'object-end', value: { name: 'Ada', tags: ['x', 'y'] }, attempts: 1 })
  })

  it('begins anew after an answer that does not fit', async () => {
    const { model } = scriptedModel(says('{"name": 1}'), says('{"name": "Ada", "tags": []}'))
    const parts = await all(streamObject(model, request, schema))
    expect(parts.map(({ type }) => type)).toEqual(['object-partial', 'object-rejected', 'object-partial', 'object-end'])
    expect(parts[1]).toMatchObject({ error: { code: 'invalid_model' } })
  })

  it('throws what broke the answer off, and ends the call when it is left', async () => {
    const reset = new ModelError('network', 'Reset.')
    const broken = scriptedModel([...says('{"name": "A').slice(0, 2), reset])
    await expect(all(streamObject(withRetry(broken.model), request, schema))).rejects.toBe(reset)
    const { model, open } = scriptedModel(says('{"name": "A', 'da"}'))
    for await (const _ of streamObject(model, request, schema)) break
    expect(open()).toBe(0)
  })

  it('throws the reason of an abort in the middle', async () => {
    const controller = new AbortController()
    const { model, open } = scriptedModel(says('{"name": "A', 'da"}'))
    const parts = streamObject(model, request, schema, { signal: controller.signal })
    await parts.next()
    controller.abort(new Error('enough'))
    await expect(parts.next()).rejects.toThrow('enough')
    expect(open()).toBe(0)
  })
})
