import { describe, expect, it } from 'vitest'
import type { StreamPart } from '../stream-part.ts'
import { type PartBatches, streamBatches } from './stream-batches.ts'

const texts = (parts: readonly StreamPart[]): string[] =>
  parts.map((part) => (part.type === 'text-delta' ? part.text : part.type))

function say(...words: readonly string[]): StreamPart[] {
  return words.map((text) => ({ type: 'text-delta', text }))
}

/** The batches one by one, an error in the place of one where it stands; `log` has what was done to them. */
function batchesOf(...script: readonly (Iterable<StreamPart> | Error)[]): { open: () => PartBatches; log: string[] } {
  const log: string[] = []
  const steps = [...script]
  return {
    log,
    open() {
      log.push('open')
      return {
        async next() {
          log.push('next')
          const step = steps.shift()
          if (step instanceof Error) throw step
          return step
        },
        close: () => void log.push('close'),
      }
    },
  }
}

async function read(parts: AsyncIterable<StreamPart>): Promise<{ seen: string[]; error: unknown }> {
  const seen: StreamPart[] = []
  try {
    for await (const part of parts) seen.push(part)
    return { seen: texts(seen), error: undefined }
  } catch (error) {
    return { seen: texts(seen), error }
  }
}

describe('streamBatches', () => {
  it('gives the parts of all batches in order, and closes them at the end', async () => {
    const { open, log } = batchesOf(say('a', 'b'), [], say('c'))
    expect(await read(streamBatches(open))).toEqual({ seen: ['a', 'b', 'c'], error: undefined })
    expect(log).toEqual(['open', 'next', 'next', 'next', 'next', 'close'])
  })

  it('opens nothing before the first pull, and pulls no further than it is asked', async () => {
    const { open, log } = batchesOf(say('a', 'b'), say('c'))
    const stream = streamBatches(open)[Symbol.asyncIterator]()
    expect(log).toEqual([])
    await stream.next()
    await stream.next()
    expect(log).toEqual(['open', 'next'])
    await stream.return?.()
    expect(log).toEqual(['open', 'next', 'close'])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('makes each part when it is pulled, and delivers those before one that fails', async () => {
    const made: string[] = []
    function* some(): Generator<StreamPart> {
      for (const part of say('a', 'b')) {
        made.push('part')
        yield part
      }
      throw new Error('a frame that is wrong')
    }
    const { open, log } = batchesOf(some())
    const stream = streamBatches(open)
    await stream[Symbol.asyncIterator]().next()
    expect(made).toHaveLength(1)
    expect(await read(stream)).toMatchObject({ seen: ['b'], error: { message: 'a frame that is wrong' } })
    expect(log).toEqual(['open', 'next', 'close'])
  })

  it('throws what a batch throws when all is closed', async () => {
    const { open, log } = batchesOf(say('a'), new Error('cut'))
    expect(await read(streamBatches(open))).toMatchObject({ seen: ['a'], error: { message: 'cut' } })
    expect(log).toEqual(['open', 'next', 'next', 'close'])
  })

  it('needs no stack for many empty batches, and many parts', async () => {
    const { open } = batchesOf(
      ...Array.from({ length: 20_000 }, () => []),
      say(...Array.from({ length: 20_000 }, () => 'x')),
    )
    expect((await read(streamBatches(open))).seen).toHaveLength(20_000)
  })
})
