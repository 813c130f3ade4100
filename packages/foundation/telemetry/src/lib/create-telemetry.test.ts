import { runInNewContext } from 'node:vm'
import { context, diag, type DiagLogger, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTelemetry } from './create-telemetry.ts'

function recordSpans(): () => ReadableSpan[] {
  const exporter = new InMemorySpanExporter()
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  return () => exporter.getFinishedSpans()
}

afterEach(() => {
  trace.disable()
  context.disable()
  diag.disable()
})

describe('createTelemetry', () => {
  it('refuses a scope without a name', () => {
    expect(() => createTelemetry('')).toThrow(
      new TypeError('createTelemetry: "name" must be a non-empty string, got an empty one.'),
    )
  })

  it('refuses a version that is no text', () => {
    expect(() => createTelemetry('test', 1 as never)).toThrow(
      new TypeError('createTelemetry: "version" must be a string, got number.'),
    )
  })

  it('refuses a counter without a name', () => {
    expect(() => createTelemetry('test').counter(undefined as never)).toThrow(
      new TypeError('counter: "name" must be a non-empty string, got undefined.'),
    )
  })
})

describe('withSpan', () => {
  const telemetry = createTelemetry('@empire/test', '1.2.3')

  it('gives the very value that run returns', () => {
    recordSpans()
    const value = {}
    expect(telemetry.withSpan('work', {}, () => value)).toBe(value)
  })

  it('gives the very promise that run returns while no provider is set', () => {
    const promise = Promise.resolve(1)
    expect(telemetry.withSpan('work', {}, () => promise)).toBe(promise)
  })

  it('refuses a run that is no function', () => {
    expect(() => telemetry.withSpan('work', {}, undefined as never)).toThrow(
      new TypeError('withSpan: "run" must be a function, got undefined.'),
    )
  })

  it.each([
    [[7, {}], 'withSpan: "name" must be a string, got number.'],
    [['work'], 'withSpan: "options" must be an object, got undefined.'],
    [['work', null], 'withSpan: "options" must be an object, got null.'],
    [['work', { attributes: 'a' }], 'withSpan: "options.attributes" must be an object, got string.'],
  ])('refuses %j, with a provider and without', (given, message) => {
    const call = (): unknown => telemetry.withSpan(given[0] as never, given[1] as never, () => 1)
    expect(call).toThrow(new TypeError(message))
    recordSpans()
    expect(call).toThrow(new TypeError(message))
  })

  it('records name, attributes and scope when run returns', () => {
    const spans = recordSpans()
    telemetry.withSpan('work', { attributes: { size: 3 } }, (span) => span.setAttribute('found', 2))
    expect(spans()).toMatchObject([
      {
        name: 'work',
        ended: true,
        attributes: { size: 3, found: 2 },
        status: { code: 0 },
        instrumentationScope: { name: '@empire/test', version: '1.2.3' },
      },
    ])
  })

  it('ends the span when the promise settles, not before', async () => {
    const spans = recordSpans()
    const gate = Promise.withResolvers<string>()
    const result = telemetry.withSpan('work', {}, () => gate.promise)
    expect(spans()).toHaveLength(0)
    gate.resolve('done')
    await expect(result).resolves.toBe('done')
    expect(spans()).toHaveLength(1)
  })

  it('waits for a thenable that is no promise', async () => {
    const spans = recordSpans()
    // oxlint-disable-next-line unicorn/no-thenable -- a thenable is what the test is about
    const thenable = { then: (resolve: (value: number) => unknown) => Promise.resolve(7).then(resolve) }
    await expect(telemetry.withSpan('work', {}, () => thenable)).resolves.toBe(7)
    expect(spans()).toHaveLength(1)
  })

  it('makes the span the parent of spans begun before and after an await', async () => {
    const spans = recordSpans()
    await telemetry.withSpan('outer', {}, async () => {
      telemetry.withSpan('first', {}, () => undefined)
      await Promise.resolve()
      telemetry.withSpan('second', {}, () => undefined)
    })
    telemetry.withSpan('apart', {}, () => undefined)
    const [first, second, outer, apart] = spans()
    expect(first?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
    expect(second?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
    expect(apart?.parentSpanContext).toBeUndefined()
  })

  const failure = Object.assign(new RangeError('too long'), { code: 'limit_exceeded' })

  it.each([
    ['thrown', (): unknown => telemetry.withSpan('work', {}, () => raise(failure))],
    ['rejected', (): unknown => telemetry.withSpan('work', {}, () => Promise.reject(failure))],
  ])('records an error that is %s and passes it on untouched', async (_, work) => {
    const spans = recordSpans()
    await expect((async () => work())()).rejects.toBe(failure)
    expect(spans()).toMatchObject([
      {
        ended: true,
        status: { code: 2, message: 'too long' },
        attributes: { 'error.type': 'limit_exceeded' },
        events: [
          {
            name: 'exception',
            attributes: {
              'exception.type': 'limit_exceeded',
              'exception.message': 'too long',
              'exception.stacktrace': failure.stack,
            },
          },
        ],
      },
    ])
  })

  it.each([
    ['a string', 'out of paper', 'string', 'out of paper'],
    ['nothing', undefined, 'undefined', ''],
    ['an object without a prototype', Object.create(null), 'object', ''],
    ['an error with a strange code', Object.assign(new Error('odd'), { code: Object.create(null) }), 'Error', 'odd'],
  ])('records and passes on %s that is thrown', (_, thrown, type, message) => {
    const spans = recordSpans()
    let caught: unknown = 'nothing was thrown'
    try {
      telemetry.withSpan('work', {}, () => raise(thrown))
    } catch (error) {
      caught = error
    }
    expect(caught).toBe(thrown)
    expect(spans()).toMatchObject([{ status: { code: 2, message }, attributes: { 'error.type': type } }])
  })

  it.each(['name', 'message', 'code', 'stack'])(
    'passes on an error whose %s cannot be read, and ends the span',
    (key) => {
      const spans = recordSpans()
      const error = Object.defineProperty(new Error('hostile'), key, {
        get: () => {
          throw new Error('a fault of its own')
        },
      })
      let caught: unknown
      try {
        telemetry.withSpan('work', {}, () => raise(error))
      } catch (thrown) {
        caught = thrown
      }
      expect(caught).toBe(error)
      expect(spans()).toMatchObject([{ ended: true, status: { code: 2 }, attributes: { 'error.type': 'object' } }])
    },
  )

  it('knows errors and aborts of another realm', () => {
    const spans = recordSpans()
    const far = runInNewContext(`Object.assign(new Error('far'), { code: 'far_away' })`)
    const left = runInNewContext(`Object.assign(new Error('left'), { name: 'AbortError', code: 'ABORT_ERR' })`)
    for (const error of [far, left])
      expect(() => telemetry.withSpan('work', {}, () => raise(error))).toThrow(/far|left/)
    expect(spans()).toMatchObject([
      { status: { code: 2, message: 'far' }, attributes: { 'error.type': 'far_away' } },
      { status: { code: 0 }, attributes: { 'empire.aborted': true } },
    ])
  })

  it('marks the reason of its signal as an abort and not as an error', async () => {
    const spans = recordSpans()
    const controller = new AbortController()
    const reason = { user: 'left' }
    const { signal } = controller
    const work = telemetry.withSpan('work', { signal }, async () => {
      controller.abort(reason)
      signal.throwIfAborted()
    })
    await expect(work).rejects.toBe(reason)
    expect(spans()).toMatchObject([
      { ended: true, status: { code: 0 }, attributes: { 'empire.aborted': true }, events: [] },
    ])
  })

  it('marks an AbortError as an abort without knowing the signal', () => {
    const spans = recordSpans()
    expect(() => telemetry.withSpan('work', {}, () => AbortSignal.abort().throwIfAborted())).toThrow('aborted')
    expect(spans()).toMatchObject([{ status: { code: 0 }, attributes: { 'empire.aborted': true } }])
  })

  it('does not take an error for an abort because its signal is aborted', () => {
    const spans = recordSpans()
    expect(() => telemetry.withSpan('work', { signal: AbortSignal.abort() }, () => raise(failure))).toThrow(failure)
    expect(spans()).toMatchObject([{ status: { code: 2 } }])
  })

  it('records no secret that stands in the attributes, the message or the stack', () => {
    const spans = recordSpans()
    const secret = `sk-ant-api03-${'aB3dE5gH7jK9mN1pQ2sT'.repeat(4)}AA`
    const attributes = { url: `https://host/?key=${secret}`, password: 'hunter2', tries: 3 }
    const error = Object.assign(new Error(`401 for ${secret}`), { code: secret })
    expect(() => telemetry.withSpan('work', { attributes }, () => raise(error))).toThrow(error)
    expect(() => telemetry.withSpan('work', {}, () => raise(`401 for ${secret}`))).toThrow('401')
    telemetry.withSpan(`chat ${secret}`, {}, () => undefined)
    const written = JSON.stringify(
      spans().map(({ name, attributes: own, events, status }) => [name, own, events, status]),
    )
    expect(written).toContain('401 for [redacted]')
    expect(written).toContain('"tries":3')
    expect(written).not.toContain('hunter2')
    expect(written).not.toContain(secret)
  })

  it('follows the provider when one is removed and another is set', () => {
    const before = recordSpans()
    telemetry.withSpan('first', {}, () => undefined)
    trace.disable()
    telemetry.withSpan('lost', {}, () => undefined)
    const after = recordSpans()
    telemetry.withSpan('second', {}, () => undefined)
    expect(before().map((span) => span.name)).toEqual(['first'])
    expect(after().map((span) => span.name)).toEqual(['second'])
  })
})

describe('withSpan on a provider that throws', () => {
  const telemetry = createTelemetry('@empire/test')
  const fault = new Error('the exporter is broken')
  const broken = (): never => raise(fault)
  const working = { onStart() {}, onEnd() {}, forceFlush: () => Promise.resolve(), shutdown: () => Promise.resolve() }

  function breakAt(method: 'onStart' | 'onEnd'): ReturnType<typeof vi.fn> {
    const error = vi.fn<DiagLogger['error']>()
    diag.setLogger({ error, warn() {}, info() {}, debug() {}, verbose() {} })
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [{ ...working, [method]: broken }] }))
    return error
  }

  it.each(['onStart', 'onEnd'] as const)('does the work all the same, and tells of it: %s', async (method) => {
    const told = breakAt(method)
    let runs = 0
    expect(telemetry.withSpan('work', {}, () => ++runs)).toBe(1)
    await expect(telemetry.withSpan('work', {}, async () => ++runs)).resolves.toBe(2)
    const failure = new Error('mine')
    expect(() => telemetry.withSpan('work', {}, () => raise(failure))).toThrow(failure)
    await expect(telemetry.withSpan('work', {}, () => Promise.reject(failure))).rejects.toBe(failure)
    expect(told.mock.calls).toEqual(
      Array.from({ length: 4 }, () => ['@empire/telemetry: the tracer provider threw.', fault]),
    )
  })
})

function raise(error: unknown): never {
  throw error
}
