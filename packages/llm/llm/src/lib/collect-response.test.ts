import { describe, expect, it } from 'vitest'
import { collectResponse } from './collect-response.ts'
import type { StreamPart } from './stream-part.ts'

const usage = { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 }
const end: readonly StreamPart[] = [
  { type: 'usage', usage },
  { type: 'finish', reason: 'stop' },
]

async function* streamOf(...parts: readonly StreamPart[]): AsyncGenerator<StreamPart> {
  yield* parts
}

const text = (words: string): StreamPart[] => [
  { type: 'text-start' },
  { type: 'text-delta', text: words },
  { type: 'text-end' },
]

describe('collectResponse', () => {
  it('takes a list of parts that have come', async () => {
    expect(await collectResponse([...text('Hello'), ...end])).toMatchObject({ text: 'Hello', usage })
    await expect(collectResponse(text('Hel'))).rejects.toMatchObject({ code: 'interrupted' })
  })

  it('keeps texts apart that come at the same time, in the order of their first words', async () => {
    const parts: StreamPart[] = [
      { type: 'text-start', block: 1 },
      { type: 'text-start', block: 0 },
      { type: 'text-delta', block: 1, text: 'Hel' },
      { type: 'text-delta', block: 0, text: 'wor' },
      { type: 'text-delta', block: 1, text: 'lo ' },
      { type: 'text-end', block: 1 },
      { type: 'text-delta', block: 0, text: 'ld' },
      { type: 'text-end', block: 0 },
    ]
    expect(await collectResponse(streamOf(...parts, ...end))).toMatchObject({ text: 'Hello world' })
  })

  it('joins texts that come one after the other under one number', async () => {
    expect(await collectResponse(streamOf(...text('a'), ...text('b'), ...end))).toMatchObject({ text: 'ab' })
  })

  it('takes the last usage, which counts the whole call', async () => {
    const first: StreamPart = { type: 'usage', usage: { ...usage, output: 1 } }
    expect((await collectResponse(streamOf(first, ...end))).usage).toBe(usage)
  })

  it('ignores parts that are new', async () => {
    const later = { type: 'video', frames: 3 } as unknown as StreamPart
    expect(await collectResponse(streamOf(later, ...end))).toMatchObject({ text: '', finish: { reason: 'stop' } })
  })

  it.each([
    [end.slice(0, 1), 'interrupted'],
    [end.slice(1), 'invalid_response'],
    [[], 'interrupted'],
  ])('does not take a stream for whole that ends without its last parts', async (parts, code) => {
    await expect(collectResponse(streamOf(...parts))).rejects.toMatchObject({ code })
  })
})
