import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StreamPart } from '../stream-part.ts'
import { layerStream, type StreamLayer } from './layered-stream.ts'

const text = (index: number): StreamPart => ({ type: 'text-delta', text: String(index) })

/** A source that answers each pull when it is told to, and notes what is done to it. */
function createSource() {
  const log: string[] = []
  const pulls: PromiseWithResolvers<IteratorResult<StreamPart>>[] = []
  const parts: AsyncIterable<StreamPart> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        log.push('next')
        const pull = Promise.withResolvers<IteratorResult<StreamPart>>()
        pulls.push(pull)
        return pull.promise
      },
      return: async () => {
        log.push('return')
        return { done: true, value: undefined }
      },
    }),
  }
  return {
    log,
    parts,
    give: (value: StreamPart) => pulls.shift()?.resolve({ done: false, value }),
    end: () => pulls.shift()?.resolve({ done: true, value: undefined }),
    fail: (error: unknown) => pulls.shift()?.reject(error),
  }
}

async function* from(...parts: readonly StreamPart[]): AsyncGenerator<StreamPart> {
  yield* parts
}

async function toArray(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

// oxlint-disable-next-line require-yield -- it fails before its first part
async function* broken(): AsyncGenerator<StreamPart> {
  throw new Error('broken')
}

/** A layer that notes its moments. */
function noting(log: string[], layer: StreamLayer): StreamLayer {
  return {
    begin: () => void log.push('begin'),
    see: ({ type }) => void log.push(type),
    ended: () => void log.push('ended'),
    failed: () => void log.push('failed'),
    closed: () => void log.push('closed'),
    ...layer,
  }
}

const tick = (): Promise<void> => new Promise(setImmediate)

describe('layerStream', () => {
  it('opens nothing before the first pull, and goes through its moments in order', async () => {
    const log: string[] = []
    const stream = layerStream(noting(log, { source: () => from(text(1)) }))
    expect(log).toEqual([])
    expect(await toArray(stream)).toEqual([text(1)])
    expect(log).toEqual(['begin', 'text-delta', 'ended', 'closed'])
  })

  it('that is left before the first pull opens and closes nothing', async () => {
    const log: string[] = []
    const stream = layerStream(noting(log, { source: () => from(text(1)) }))
    expect(await stream.return?.()).toEqual({ done: true, value: undefined })
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(log).toEqual([])
  })

  it('pulls one part at a time from the source, however many are asked for at once, and answers in order', async () => {
    const source = createSource()
    const stream = layerStream({ source: () => source.parts })
    const [first, second, third] = [stream.next(), stream.next(), stream.next()]
    await tick()
    expect(source.log).toEqual(['next'])
    source.give(text(1))
    expect(await first).toEqual({ done: false, value: text(1) })
    await tick()
    source.give(text(2))
    expect(await second).toEqual({ done: false, value: text(2) })
    await tick()
    source.end()
    expect(await third).toEqual({ done: true, value: undefined })
    expect(source.log).toEqual(['next', 'next', 'next'])
  })

  it('that is left while a part is under way delivers it, and then closes the source once', async () => {
    const source = createSource()
    const log: string[] = []
    const stream = layerStream({ source: () => source.parts, closed: () => void log.push('closed') })
    const [part, left, again] = [stream.next(), stream.return?.(), stream.next()]
    await tick()
    expect(source.log).toEqual(['next'])
    source.give(text(1))
    expect(await part).toEqual({ done: false, value: text(1) })
    expect(await left).toEqual({ done: true, value: undefined })
    expect(await again).toEqual({ done: true, value: undefined })
    await stream.return?.()
    expect([source.log, log]).toEqual([['next', 'return'], ['closed']])
  })

  it('waits for its source and for itself to close when it is left', async () => {
    const log: string[] = []
    async function* slow(): AsyncGenerator<StreamPart> {
      try {
        yield text(1)
      } finally {
        await tick()
        log.push('source')
      }
    }
    const stream = layerStream({
      source: slow,
      async closed() {
        await tick()
        log.push('layer')
      },
    })
    for await (const _ of stream) break
    expect(log).toEqual(['source', 'layer'])
  })

  it('throws what the source throws, does not close it, and is at its end', async () => {
    const source = createSource()
    const log: string[] = []
    const failure = new Error('broken')
    const stream = layerStream(noting(log, { source: () => source.parts }))
    const pulled = stream.next()
    await tick()
    source.fail(failure)
    await expect(pulled).rejects.toBe(failure)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect([source.log, log]).toEqual([['next'], ['begin', 'failed', 'closed']])
  })

  it.each([
    ['see', ['return']],
    ['ended', []],
  ] as const)('takes what "%s" throws for a failure', async (moment, closing) => {
    const source = createSource()
    const failure = new Error('mine')
    const seen: unknown[] = []
    const stream = layerStream({
      source: () => source.parts,
      [moment]() {
        throw failure
      },
      failed: (error) => void seen.push(error),
    })
    const pulled = stream.next()
    await tick()
    if (moment === 'see') source.give(text(1))
    else source.end()
    await expect(pulled).rejects.toBe(failure)
    expect([seen, source.log]).toEqual([[failure], ['next', ...closing]])
  })

  it('throws what "begin" throws as it is, with nothing opened and nothing to close', async () => {
    for (const begin of [
      () => {
        throw new Error('refused')
      },
      async () => {
        throw new Error('refused')
      },
    ]) {
      const log: string[] = []
      const stream = layerStream(noting(log, { begin, source: () => from(text(1)) }))
      await expect(stream.next()).rejects.toThrow('refused')
      expect(await stream.next()).toEqual({ done: true, value: undefined })
      expect(log).toEqual([])
    }
  })

  it('takes a source that cannot be opened for one that failed', async () => {
    const log: string[] = []
    const stream = layerStream(
      noting(log, {
        source: () => {
          throw new Error('no source')
        },
      }),
    )
    await expect(stream.next()).rejects.toThrow('no source')
    expect(log).toEqual(['begin', 'failed', 'closed'])
  })

  it('delivers the last part that "failed" gives in the place of the error, and ends', async () => {
    expect(await toArray(layerStream({ source: broken, failed: () => text(9) }))).toEqual([text(9)])
  })

  it('tells the first failure, not that of closing behind it', async () => {
    const stream = layerStream({
      source: () => ({
        [Symbol.asyncIterator]: () => ({
          next: async () => ({ done: false as const, value: text(1) }),
          return: async () => {
            throw new Error('cannot close')
          },
        }),
      }),
      see() {
        throw new Error('first')
      },
    })
    await expect(stream.next()).rejects.toThrow('first')
  })

  it('waits for what a layer does with a part before it delivers it', async () => {
    const written = Promise.withResolvers<void>()
    const stream = layerStream({ source: () => from(text(1)), see: () => written.promise })
    let delivered = false
    const pulled = stream.next().then(() => (delivered = true))
    await tick()
    expect(delivered).toBe(false)
    written.resolve()
    await pulled
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('odd')
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('odd')
      },
    ],
  ])('takes an iterator written by hand whose "next" %s', async (_, next) => {
    const stream = layerStream({ source: () => ({ [Symbol.asyncIterator]: () => ({ next }) as never }) })
    await expect(stream.next()).rejects.toThrow('odd')
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  it('takes an iterator written by hand that answers without promises and cannot be closed', async () => {
    const iterator = { next: () => ({ done: false, value: text(1) }) } as unknown as AsyncIterator<StreamPart>
    const stream = layerStream({ source: () => ({ [Symbol.asyncIterator]: () => iterator }) })
    expect(await stream.next()).toEqual({ done: false, value: text(1) })
    expect(await stream.return?.()).toEqual({ done: true, value: undefined })
  })

  it('answers any mixture of calls as an async generator does, through any number of layers', async () => {
    const calls = fc.array(fc.constantFrom('next', 'return', 'wait'), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        calls,
        fc.nat({ max: 4 }),
        fc.nat({ max: 4 }),
        fc.boolean(),
        async (moves, layers, count, fails) => {
          async function* source(): AsyncGenerator<StreamPart, void, undefined> {
            for (let index = 0; index < count; index++) yield text(index)
            if (fails) throw new Error('broken')
          }
          let stream: AsyncIterableIterator<StreamPart, void, undefined> = layerStream({ source })
          for (let layer = 0; layer < layers; layer++) {
            const inner = stream
            stream = layerStream({
              source: () => inner,
              see: layer % 2 === 0 ? undefined : async () => {},
            } as StreamLayer)
          }
          const play = async (parts: AsyncIterator<StreamPart, void, undefined>): Promise<unknown> => {
            const answers: Promise<unknown>[] = []
            for (const move of moves) {
              if (move === 'wait') await Promise.allSettled(answers)
              else answers.push(move === 'next' ? parts.next() : (parts.return?.() as Promise<unknown>))
            }
            return (await Promise.allSettled(answers)).map((answer) =>
              answer.status === 'fulfilled' ? answer.value : String(answer.reason),
            )
          }
          expect(await play(stream)).toEqual(await play(source()))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('takes many calls at once, and parts that are there already, without a deep stack', async () => {
    let count = 0
    const stream = layerStream({
      begin: tick,
      source: () => ({ pull: (sink) => (count++ < 20_000 ? sink.part(text(count)) : sink.end()), close() {} }),
    })
    const answers = await Promise.all(Array.from({ length: 20_001 }, () => stream.next()))
    expect(answers.at(-1)).toEqual({ done: true, value: undefined })
  })
})
