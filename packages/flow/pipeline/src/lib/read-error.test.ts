import { describe, expect, it } from 'vitest'
import { createMemoryJournal } from './create-memory-journal.ts'
import { definePipeline } from './define-pipeline.ts'
import { readError } from './read-error.ts'

function nasty(): never {
  throw new Error('nasty')
}

function withMember(name: string, descriptor: PropertyDescriptor): Error {
  return Object.defineProperty(new Error('boom'), name, descriptor)
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable(new Error('boom'), {})
  revoke()
  return proxy
}

const unreadable = 'it threw an error that cannot be read'
const hostile: readonly (readonly [string, () => unknown, string])[] = [
  ['whose code throws', () => withMember('code', { get: nasty }), unreadable],
  ['whose message throws', () => withMember('message', { get: nasty }), unreadable],
  ['whose name throws', () => withMember('name', { get: nasty }), unreadable],
  ['whose message is a number', () => withMember('message', { value: 5 }), 'a number (5)'],
  ['whose message is an object', () => withMember('message', { value: { why: 1 } }), 'an object'],
  ['without a message', () => withMember('message', { value: undefined }), 'Error'],
  ['whose name is a symbol', () => withMember('name', { value: Symbol('name') }), 'boom'],
  ['that is revoked', revoked, unreadable],
  ['that throws at each touch', () => new Proxy({}, { get: nasty, has: nasty, getPrototypeOf: nasty }), unreadable],
]

describe('readError', () => {
  it('gives strings, and nothing for what is no error', () => {
    expect(readError(Object.assign(new RangeError('Far.'), { code: 'E_FAR' }))).toEqual({
      name: 'RangeError',
      message: 'Far.',
      code: 'E_FAR',
    })
    expect(readError('Far.')).toBe(undefined)
  })

  it.each(hostile)('lets a run be undone by an error %s, kept or not', async (_, make, says) => {
    for (const journal of [undefined, createMemoryJournal()]) {
      const undone: string[] = []
      const pipeline = definePipeline('p')
        .step('a', { run: () => 1, compensate: () => undone.push('a') })
        .step('b', { needs: ['a'], run: () => Promise.reject(make()), compensate: () => Promise.reject(make()) })
      await expect(pipeline.run(undefined, { journal, runId: 'r' })).rejects.toMatchObject({
        code: 'rollback_incomplete',
        notUndone: [{ step: 'b', why: 'compensation-failed' }],
        cause: { code: 'step_failed', message: `Step "b" of pipeline "p" failed: ${says}.` },
      })
      expect(undone).toEqual(['a'])
    }
  })
})
