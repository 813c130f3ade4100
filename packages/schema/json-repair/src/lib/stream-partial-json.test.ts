import { describe, expect, it } from 'vitest'
import { streamPartialJson } from './stream-partial-json.ts'

async function* pieces(...list: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
  yield* list
}

async function failure(task: Promise<unknown>): Promise<unknown> {
  return task.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  )
}

async function valuesOf(...input: Parameters<typeof streamPartialJson>): Promise<unknown[]> {
  const values: unknown[] = []
  for await (const partial of streamPartialJson(...input)) values.push(partial.value)
  return values
}

describe('streamPartialJson', () => {
  it('gives the document after each piece that changes it, and at the end', async () => {
    const seen: unknown[] = []
    for await (const partial of streamPartialJson(pieces('Here: ', '{"a": ', '[1, ', '2]', '}', ' Bye.')))
      seen.push([partial.value, partial.isComplete(['a']), partial.final, partial.truncatedAt])
    expect(seen).toEqual([
      [{}, false, false, undefined],
      [{ a: [1] }, false, false, undefined],
      [{ a: [1, 2] }, true, false, undefined],
      [{ a: [1, 2] }, true, false, undefined],
      [{ a: [1, 2] }, true, true, undefined],
    ])
  })

  it('says at the end where the text was cut', async () => {
    const seen: unknown[] = []
    for await (const partial of streamPartialJson(['[1, 2'])) seen.push({ ...partial, isComplete: undefined })
    expect(seen.at(-1)).toEqual({ value: [1, 2], final: true, truncatedAt: 5, isComplete: undefined })
  })

  it('takes iterables, streams, and bytes that are cut within characters', async () => {
    const bytes = [...new TextEncoder().encode('["é😀"]')].map((byte) => Uint8Array.of(byte))
    expect((await valuesOf(bytes)).at(-1)).toEqual(['é😀'])
    expect((await valuesOf(new Blob(['["é😀"]']).stream())).at(-1)).toEqual(['é😀'])
    expect((await valuesOf('[1]')).at(-1)).toEqual([1])
  })

  it('asks for the next piece only when it is asked itself', async () => {
    let asked = 0
    async function* source(): AsyncGenerator<string> {
      yield '['
      while (true) {
        asked++
        yield '1,'
      }
    }
    const partials = streamPartialJson(source())
    await partials.next()
    expect(asked).toBe(0)
    await partials.next()
    await partials.next()
    expect(asked).toBe(2)
    await partials.return()
  })

  it('closes the source when its consumer stops, throws, or the text is refused', async () => {
    const closed: string[] = []
    async function* source(name: string): AsyncGenerator<string> {
      try {
        while (true) yield '[1,'
      } finally {
        closed.push(name)
      }
    }
    for await (const partial of streamPartialJson(source('stop'))) if (partial) break
    await failure(
      (async () => {
        for await (const partial of streamPartialJson(source('throw'))) throw partial
      })(),
    )
    await failure(valuesOf(refusing(source('refuse')), { strict: true }))
    expect(closed).toEqual(['stop', 'throw', 'refuse'])
  })

  it('ends with the failure of the source, and does not close what has failed', async () => {
    const fault = new Error('The line is dead.')
    let closed = 0
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.reject(fault),
        return: async () => {
          closed++
          return { done: true as const, value: undefined }
        },
      }),
    }
    expect(await failure(valuesOf(source))).toBe(fault)
    expect(closed).toBe(0)
  })

  it('ends with the reason of an abort, though the source is stuck', async () => {
    const controller = new AbortController()
    const reason = { why: 'the user left' }
    let closed = 0
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => undefined),
        return: () => {
          closed++
          return new Promise<never>(() => undefined)
        },
      }),
    }
    const partials = failure(valuesOf(source, { signal: controller.signal }))
    await Promise.resolve()
    controller.abort(reason)
    expect(await partials).toBe(reason)
    expect(closed).toBe(1)
  })

  it('does not begin when the signal is aborted', async () => {
    let begun = false
    async function* source(): AsyncGenerator<string> {
      begun = true
      yield '1'
    }
    expect(await failure(valuesOf(source(), { signal: AbortSignal.abort('no') }))).toBe('no')
    expect(begun).toBe(false)
  })

  it('leaves no listener on the signal', async () => {
    const { signal } = new AbortController()
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...input: Parameters<typeof add>) => {
      listeners++
      add(...input)
    }
    signal.removeEventListener = (...input: Parameters<typeof remove>) => {
      listeners--
      remove(...input)
    }
    await valuesOf(pieces('[1', ', 2]'), { signal })
    expect(listeners).toBe(0)
  })

  it('rejects a text without a value', async () => {
    expect(await failure(valuesOf(['Sorry, no value.']))).toMatchObject({ code: 'json_unrepairable' })
  })

  it('refuses what is no source', async () => {
    expect(await failure(valuesOf(5 as never))).toEqual(
      new TypeError('"source" must be a string, bytes, or an iterable of them, received a number (5).'),
    )
  })
})

async function* refusing(source: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of source) yield `${piece}]]`
}
