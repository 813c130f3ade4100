import type { StandardSchemaV1 } from '@standard-schema/spec'
import { describe, expect, it } from 'vitest'
import { definePipeline } from './define-pipeline.ts'
import { InvalidInputError } from './invalid-input-error.ts'

type Answer<Output> = StandardSchemaV1.Result<Output> | Promise<StandardSchemaV1.Result<Output>>

function schema<Output>(validate: (value: unknown) => Answer<Output>): StandardSchemaV1<unknown, Output> {
  return { '~standard': { version: 1, vendor: 'test', validate } }
}

const started: string[] = []
const step = { run: ({ input }: { input: unknown }) => (started.push('a'), input) }

describe('the input schema', () => {
  it.each([
    ['at once', (value: unknown) => ({ value: Number(value) })],
    ['later', async (value: unknown) => ({ value: Number(value) })],
  ])('gives the steps what it makes of the input, %s', async (_, validate) => {
    const pipeline = definePipeline('parse', { input: schema(validate) }).step('a', step)
    await expect(pipeline.run('7')).resolves.toMatchObject({ outputs: { a: 7 } })
  })

  const issues: StandardSchemaV1.Issue[] = [
    { message: 'Expected an object with fewer keys.' },
    { message: 'Expected a string.', path: ['question'] },
    { message: 'Expected a number.', path: [{ key: 'filters' }, 0, { key: 'limit' }] },
    { message: 'Unknown key.', path: [Symbol('secret'), '__proto__'] },
  ]

  it.each([
    ['at once', () => ({ issues })],
    ['later', async () => ({ issues })],
  ])('refuses the input with the path of each issue, %s, and starts nothing', async (_, validate) => {
    const pipeline = definePipeline('rag', { input: schema(validate) }).step('a', step)
    started.length = 0
    const error: unknown = await pipeline.run({}).catch((reason: unknown) => reason)
    expect(started).toEqual([])
    expect(error).toBeInstanceOf(InvalidInputError)
    const expected = [
      { path: [], message: 'Expected an object with fewer keys.' },
      { path: ['question'], message: 'Expected a string.' },
      { path: ['filters', 0, 'limit'], message: 'Expected a number.' },
      { path: ['Symbol(secret)', '__proto__'], message: 'Unknown key.' },
    ]
    expect(error).toMatchObject({
      code: 'invalid_input',
      message:
        'The input of pipeline "rag" is not valid. Expected an object with fewer keys. ' +
        'question: Expected a string. filters.0.limit: Expected a number. Symbol(secret).__proto__: Unknown key.',
      details: { pipeline: 'rag', issues: expected },
      issues: expected,
    })
  })

  it('names the first issues of many', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ message: 'too long', path: [index] }))
    const pipeline = definePipeline('rag', { input: schema(() => ({ issues: many })) })
    await expect(pipeline.run({})).rejects.toMatchObject({
      message:
        'The input of pipeline "rag" is not valid. ' +
        '0: too long. 1: too long. 2: too long. 3: too long. 4: too long. And 995 issues more.',
      issues: { length: 1000 },
    })
  })

  it('lets a fault of the schema itself through', async () => {
    const fault = new TypeError('x is not a function')
    const pipeline = definePipeline('rag', { input: schema(() => Promise.reject(fault)) })
    await expect(pipeline.run({})).rejects.toBe(fault)
  })

  it('gives way to an abort while it works', async () => {
    const controller = new AbortController()
    const pipeline = definePipeline('rag', {
      input: schema(async (value) => {
        controller.abort('enough')
        return { value }
      }),
    }).step('a', step)
    started.length = 0
    await expect(pipeline.run({}, { signal: controller.signal })).rejects.toBe('enough')
    expect(started).toEqual([])
  })
})
