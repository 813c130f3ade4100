import { describe, expect, it, vi } from 'vitest'
import { defineModel, type ModelDefinition } from './define-model.ts'
import type { ModelRequest } from './model-request.ts'
import type { StreamPart } from './stream-part.ts'

const request: ModelRequest = { messages: [{ role: 'user', content: 'What is the capital of France?' }] }
const usage = { input: 7, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 }
const answer: readonly StreamPart[] = [
  { type: 'text-start' },
  { type: 'text-delta', text: 'Par' },
  { type: 'text-delta', text: 'is.' },
  { type: 'text-end' },
  { type: 'usage', usage },
  { type: 'finish', reason: 'other', vendorReason: 'END_TURN' },
]

/** A source that notes what is done to it and waits for ever after the given parts, whatever the signal says. */
function stuckSource(parts: readonly StreamPart[]) {
  const log: string[] = []
  let index = 0
  const stream = (): AsyncIterable<StreamPart> => ({
    [Symbol.asyncIterator]: () => ({
      next: () => {
        log.push('next')
        const value = parts[index++]
        return value === undefined ? new Promise(() => {}) : Promise.resolve({ done: false, value })
      },
      return: () => {
        log.push('return')
        return new Promise(() => {})
      },
    }),
  })
  return { log, stream }
}

async function* replay(parts: readonly StreamPart[] = answer): AsyncGenerator<StreamPart> {
  yield* parts
}

async function toArray(parts: AsyncIterable<StreamPart>): Promise<StreamPart[]> {
  const list: StreamPart[] = []
  for await (const part of parts) list.push(part)
  return list
}

describe('defineModel', () => {
  it('streams the parts of the definition as they are', async () => {
    const model = defineModel({ id: 'scripted', stream: () => replay() })
    expect(await toArray(model.stream(request))).toEqual(answer)
  })

  it('generates what the stream says', async () => {
    const model = defineModel({ id: 'scripted', stream: () => replay() })
    expect(await model.generate(request)).toEqual({
      text: 'Paris.',
      reasoning: [],
      toolCalls: [],
      citations: [],
      media: [],
      usage,
      finish: { reason: 'other', vendorReason: 'END_TURN' },
    })
  })

  it('ignores parts of types it does not know, and takes the last usage', async () => {
    const unknown = { type: 'audio-delta', text: 'Hmm.' } as unknown as StreamPart
    const early: StreamPart = { type: 'usage', usage: { ...usage, output: 0 } }
    const model = defineModel({ id: 'scripted', stream: () => replay([unknown, early, ...answer]) })
    expect(await model.generate(request)).toMatchObject({ text: 'Paris.', usage })
  })

  it('generates by the shorter way where the definition has one', async () => {
    const response = {
      text: 'Paris.',
      reasoning: [],
      toolCalls: [],
      citations: [],
      media: [],
      usage,
      finish: { reason: 'stop' as const },
    }
    const model = defineModel({ id: 'scripted', stream: () => replay([]), generate: async () => response })
    expect(await model.generate(request)).toBe(response)
  })

  it('passes request and signal on', async () => {
    const stream = vi.fn<ModelDefinition['stream']>(() => replay())
    const { signal } = new AbortController()
    await toArray(defineModel({ id: 'scripted', stream }).stream(request, { signal }))
    const [prepared, options] = stream.mock.calls[0] ?? []
    expect(prepared?.context.renderMessages()).toEqual(request.messages)
    expect(options).toEqual({ signal })
  })

  it('asks nothing before the first part is pulled', () => {
    const stream = vi.fn<ModelDefinition['stream']>(() => replay())
    defineModel({ id: 'scripted', stream }).stream(request)
    expect(stream).not.toHaveBeenCalled()
  })

  it('pulls a part only when one is asked for', async () => {
    const source = stuckSource(answer)
    const parts = defineModel({ id: 'stuck', stream: source.stream }).stream(request)[Symbol.asyncIterator]()
    await parts.next()
    await parts.next()
    expect(source.log).toEqual(['next', 'next'])
  })

  it.each([
    [{ id: '', stream: () => replay() }, '"id" must be a string that is not empty, got a string ("").'],
    [{ id: 'x' }, '"stream" must be a function, got undefined.'],
    [{ id: 'x', stream: replay, generate: 3 }, '"generate" must be a function or left out, got a number (3).'],
  ])('refuses a wrong definition', (definition, message) => {
    expect(() => defineModel(definition as unknown as ModelDefinition)).toThrow(new TypeError(message))
  })
})

describe('a request that is wrong', () => {
  const message = { role: 'user', content: 'x' }

  it.each([
    [undefined, '', 'The request must be an object with messages, got undefined.'],
    [
      { messages: [] },
      'messages',
      '"messages" of the request must be a context of at least one message, or an array of at least one message, got an empty array.',
    ],
    [
      { messages: 'Hello' },
      'messages',
      '"messages" of the request must be a context of at least one message, or an array of at least one message, got a string ("Hello").',
    ],
    [
      { messages: [message, undefined] },
      'messages[1]',
      '"messages[1]" of the request must be an object with role and content, got undefined.',
    ],
    [
      { messages: [message, { role: 'tool', content: 'x' }] },
      'messages[1].role',
      '"messages[1].role" of the request must be "system", "user" or "assistant", got a string ("tool").',
    ],
    [
      { messages: [{ role: 'user', content: ['x'] }] },
      'messages[0].content',
      '"messages[0].content" of the request must be a string, got an array.',
    ],
    [
      { messages: [message], temperature: Number.NaN },
      'temperature',
      '"temperature" of the request must be a finite number from 0 upwards, got a number (NaN).',
    ],
    [
      { messages: [message], maxTokens: Infinity },
      'maxTokens',
      '"maxTokens" of the request must be a positive integer, got a number (Infinity).',
    ],
    [
      { messages: [message], stopSequences: ['END', 3] },
      'stopSequences[1]',
      '"stopSequences[1]" of the request must be a string that is not empty, got a number (3).',
    ],
  ])('is refused before the definition sees it: %j', async (bad, path, words) => {
    const stream = vi.fn<ModelDefinition['stream']>(() => replay())
    const model = defineModel({ id: 'scripted', stream })
    const refusal = { name: 'ModelError', code: 'invalid_request', message: words, details: { path }, retryable: false }
    await expect(model.generate(bad as ModelRequest)).rejects.toMatchObject(refusal)
    await expect(toArray(model.stream(bad as ModelRequest))).rejects.toMatchObject(refusal)
    expect(stream).not.toHaveBeenCalled()
  })
})

describe('an answer that breaks off', () => {
  it('is an error when it ends without finish, after what came was passed on', async () => {
    const parts = defineModel({ id: 'cut', stream: () => replay(answer.slice(0, 2)) }).stream(request)
    const seen: StreamPart[] = []
    await expect(
      (async () => {
        for await (const part of parts) seen.push(part)
      })(),
    ).rejects.toMatchObject({
      code: 'interrupted',
      message: 'Expected a "finish" part at the end of the answer, but the stream broke off before it.',
      retryable: true,
    })
    expect(seen).toEqual(answer.slice(0, 2))
  })

  it('is an error when it has no usage to give', async () => {
    const model = defineModel({ id: 'uncounted', stream: () => replay(answer.filter(({ type }) => type !== 'usage')) })
    await expect(model.generate(request)).rejects.toMatchObject({
      code: 'invalid_response',
      message: 'Expected a "usage" part before the end of the answer, but none came.',
    })
  })

  it('throws the error of the source untouched', async () => {
    const failure = new Error('socket closed')
    const model = defineModel({
      id: 'failing',
      // oxlint-disable-next-line require-yield -- it fails before its first part
      async *stream() {
        throw failure
      },
    })
    await expect(model.generate(request)).rejects.toBe(failure)
    await expect(toArray(model.stream(request))).rejects.toBe(failure)
  })
})

describe('an abort', () => {
  const reason = new Error('the user left')

  it('before the call reaches nothing', async () => {
    const stream = vi.fn<ModelDefinition['stream']>(() => replay())
    const generate = vi.fn<NonNullable<ModelDefinition['generate']>>()
    const model = defineModel({ id: 'scripted', stream, generate })
    const signal = AbortSignal.abort(reason)
    await expect(toArray(model.stream(request, { signal }))).rejects.toBe(reason)
    await expect(model.generate(request, { signal })).rejects.toBe(reason)
    expect(stream).not.toHaveBeenCalled()
    expect(generate).not.toHaveBeenCalled()
  })

  it('ends a stream that ignores the signal at once, and closes it without waiting', async () => {
    const source = stuckSource(answer.slice(0, 1))
    const controller = new AbortController()
    const parts = defineModel({ id: 'stuck', stream: source.stream }).stream(request, { signal: controller.signal })
    const iterator = parts[Symbol.asyncIterator]()
    await iterator.next()
    const waiting = iterator.next()
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(source.log).toEqual(['next', 'next', 'return'])
  })

  it('between two parts closes the source at once, though nobody pulls', async () => {
    const source = stuckSource(answer)
    const controller = new AbortController()
    const parts = defineModel({ id: 'stuck', stream: source.stream }).stream(request, { signal: controller.signal })
    const iterator = parts[Symbol.asyncIterator]()
    await iterator.next()
    controller.abort(reason)
    expect(source.log).toEqual(['next', 'return'])
    await expect(iterator.next()).rejects.toBe(reason)
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    expect(source.log).toEqual(['next', 'return'])
  })

  it('wins over a part that comes after it', async () => {
    const late = Promise.withResolvers<IteratorResult<StreamPart>>()
    const iterator = { next: () => late.promise, return: async () => ({ done: true, value: undefined }) }
    const controller = new AbortController()
    const model = defineModel({
      id: 'late',
      stream: () => ({ [Symbol.asyncIterator]: () => iterator as AsyncIterator<StreamPart> }),
    })
    const parts = model.stream(request, { signal: controller.signal })[Symbol.asyncIterator]()
    const waiting = parts.next()
    controller.abort(reason)
    late.resolve({ done: false, value: { type: 'text-start' } })
    await expect(waiting).rejects.toBe(reason)
    expect(await parts.next()).toEqual({ done: true, value: undefined })
  })

  it('leaves an error of closing unheard', async () => {
    const controller = new AbortController()
    const iterator = {
      next: () => new Promise<never>(() => {}),
      return: async () => {
        throw new Error('cannot close')
      },
    }
    const model = defineModel({ id: 'broken', stream: () => ({ [Symbol.asyncIterator]: () => iterator }) })
    const waiting = model.stream(request, { signal: controller.signal })[Symbol.asyncIterator]().next()
    controller.abort(reason)
    await expect(waiting).rejects.toBe(reason)
  })

  it('ends a generate that ignores the signal at once', async () => {
    const controller = new AbortController()
    const never = new Promise<never>(() => {})
    const model = defineModel({ id: 'stuck', stream: () => replay(), generate: () => never })
    const answering = model.generate(request, { signal: controller.signal })
    controller.abort(reason)
    await expect(answering).rejects.toBe(reason)
  })

  it.each([['a text'], [undefined], [null]])('throws a reason that is no error untouched: %s', async (value) => {
    const source = stuckSource([])
    const controller = new AbortController()
    const answering = defineModel({ id: 'stuck', stream: source.stream }).generate(request, {
      signal: controller.signal,
    })
    controller.abort(value)
    await expect(answering).rejects.toBe(controller.signal.reason)
  })

  it('wins over the error that the source throws because of it', async () => {
    const controller = new AbortController()
    const model = defineModel({
      id: 'wrapping',
      // oxlint-disable-next-line require-yield -- it fails before its first part
      async *stream(_, { signal }) {
        await new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('fetch failed', { cause: signal.reason })))
        })
      },
    })
    const answering = model.generate(request, { signal: controller.signal })
    controller.abort(reason)
    await expect(answering).rejects.toBe(reason)
  })
})

describe('the source', () => {
  it('is closed, and waited for, when the stream is left early', async () => {
    const log: string[] = []
    const model = defineModel({
      id: 'scripted',
      async *stream() {
        try {
          yield* answer
        } finally {
          await Promise.resolve()
          log.push('closed')
        }
      },
    })
    for await (const _ of model.stream(request)) break
    expect(log).toEqual(['closed'])
  })

  it('runs to its own end when the stream is read to the end', async () => {
    const log: string[] = []
    const model = defineModel({
      id: 'scripted',
      async *stream() {
        yield* answer
        log.push('ended')
      },
    })
    await model.generate(request)
    expect(log).toEqual(['ended'])
  })
})
