import { createRequire } from 'node:module'
import { createContext } from '@empire/context'
import { createTelemetry, setContentRecording } from '@empire/telemetry'
import { createManualClock } from '@empire/test-support/clock'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defineModel } from '../define-model.ts'
import { modelCases } from '../model-cases.ts'
import { ModelError } from '../model-error.ts'
import { answer, request, scriptedModel, toArray } from './scripted-model.ts'
import { withTelemetry } from './with-telemetry.ts'

interface OpenTelemetry {
  trace: { setGlobalTracerProvider(provider: TracerProvider): void; disable(): void }
  metrics: { setGlobalMeterProvider(provider: MeterProvider): void; disable(): void }
  context: { setGlobalContextManager(manager: AsyncLocalStorageContextManager): void; disable(): void }
}

// The API belongs to the telemetry package, so it is found from there.
const requireFromTelemetry = createRequire(createRequire(import.meta.url).resolve('@empire/telemetry'))
const { trace, metrics, context } = requireFromTelemetry('@opentelemetry/api') as OpenTelemetry

const spans = new InMemorySpanExporter()
let sums: InMemoryMetricExporter
let meterProvider: MeterProvider

beforeEach(() => {
  spans.reset()
  sums = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const reader = new PeriodicExportingMetricReader({ exporter: sums, exportIntervalMillis: 60_000 })
  meterProvider = new MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(meterProvider)
})

afterEach(async () => {
  setContentRecording(false)
  trace.disable()
  context.disable()
  metrics.disable()
  await meterProvider.shutdown()
})

const full = {
  input: 5,
  cacheRead: 3,
  cacheWrite: 2,
  output: 7,
  reasoning: 4,
}
const parts = [
  ...answer.slice(0, 4),
  { type: 'tool-call-start', id: 'a', name: 'look' } as const,
  { type: 'tool-call-end', id: 'a', name: 'look', input: { word: 'otter' } } as const,
  { type: 'usage', usage: full } as const,
  { type: 'finish', reason: 'stop', vendorReason: 'end_turn', model: 'big-1', requestId: 'r1' } as const,
]

function only() {
  const [span, ...others] = spans.getFinishedSpans()
  expect(others).toEqual([])
  if (span === undefined) throw new Error('There is no span.')
  return span
}

async function points(): Promise<Record<string, { attributes: unknown; sum: unknown; count: unknown }[]>> {
  await meterProvider.forceFlush()
  const found: Record<string, { attributes: unknown; sum: unknown; count: unknown }[]> = {}
  for (const { scopeMetrics } of sums.getMetrics()) {
    for (const { metrics: list } of scopeMetrics) {
      for (const { descriptor, dataPoints } of list) {
        found[descriptor.name] = dataPoints.map(({ attributes, value }) => {
          const { sum, count } = value as { sum: unknown; count: unknown }
          return { attributes, sum, count }
        })
      }
    }
  }
  return found
}

describe('withTelemetry', () => {
  it.each(modelCases(() => withTelemetry(scriptedModel().model)))('keeps the contract: $name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })

  it.each(['stream', 'generate'] as const)('tells of a call of %s by the conventions, without content', async (how) => {
    const model = withTelemetry({ ...scriptedModel(parts).model, vendor: 'claude' }, { attributes: { tenant: 'a' } })
    const asked = { ...request, maxTokens: 50, temperature: 0.5, stopSequences: ['END'] }
    await (how === 'stream' ? toArray(model.stream(asked)) : model.generate(asked))
    const { name, attributes } = only()
    expect(name).toBe('chat scripted')
    expect({ ...attributes, 'gen_ai.response.time_to_first_chunk': 0 }).toEqual({
      tenant: 'a',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'scripted',
      'gen_ai.provider.name': 'anthropic',
      'gen_ai.request.max_tokens': 50,
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.stop_sequences': ['END'],
      ...(how === 'stream' ? { 'gen_ai.request.stream': true } : {}),
      'gen_ai.response.time_to_first_chunk': 0,
      'gen_ai.response.finish_reasons': ['end_turn'],
      'gen_ai.response.model': 'big-1',
      'gen_ai.response.id': 'r1',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 11,
      'gen_ai.usage.cache_read.input_tokens': 3,
      'gen_ai.usage.cache_creation.input_tokens': 2,
      'gen_ai.usage.reasoning.output_tokens': 4,
    })
  })

  it('has prompts and answers on the span while content is recorded, without secrets', async () => {
    setContentRecording(true)
    const messages = createContext()
      .system('Be brief.')
      .user('My key is sk-ant-api03-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
      .media({ url: 'https://example.com/a.png' })
      .toolCall({ id: 'x', tool: 'look', args: { word: 'a' } })
      .toolResult({ id: 'x', result: 'found' })
    const tools = [{ name: 'look', input: { type: 'object' } }]
    await toArray(withTelemetry(scriptedModel(parts).model).stream({ messages, tools }))
    const { attributes } = only()
    const content = (name: string): unknown => JSON.parse(String(attributes[name]))
    expect(content('gen_ai.system_instructions')).toEqual([{ type: 'text', content: 'Be brief.' }])
    expect(content('gen_ai.input.messages')).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'My key is [redacted]' }] },
      { role: 'user', parts: [{ type: 'media', mime_type: 'image/png', content: 'https://example.com/a.png' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'x', name: 'look', arguments: { word: 'a' } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'x', response: 'found' }] },
    ])
    expect(content('gen_ai.tool.definitions')).toEqual(tools)
    expect(content('gen_ai.output.messages')).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'Hello' },
          { type: 'tool_call', id: 'a', name: 'look', arguments: { word: 'otter' } },
        ],
        finish_reason: 'stop',
      },
    ])
  })

  it('measures tokens, the whole, the first chunk and those after it, but not the time in which nobody pulls', async () => {
    const clock = createManualClock()
    const wait = (ms: number) => () => clock.sleep(ms)
    const script = [
      answer[0] as never,
      wait(100),
      answer[1] as never,
      wait(10),
      ...answer.slice(2, 4),
      ...parts.slice(-2),
    ]
    const stream = withTelemetry(scriptedModel(script).model, { clock }).stream(request)[Symbol.asyncIterator]()
    await stream.next()
    const first = stream.next()
    await clock.advance(100)
    await first
    await clock.advance(1000)
    const second = stream.next()
    await clock.advance(10)
    await second
    while ((await stream.next()).done !== true);
    const labels = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'scripted' }
    expect(await points()).toEqual({
      'gen_ai.client.token.usage': [
        { attributes: { ...labels, 'gen_ai.token.type': 'input' }, sum: 10, count: 1 },
        { attributes: { ...labels, 'gen_ai.token.type': 'output' }, sum: 11, count: 1 },
      ],
      'gen_ai.client.operation.duration': [{ attributes: labels, sum: 1.11, count: 1 }],
      'gen_ai.client.operation.time_to_first_chunk': [{ attributes: labels, sum: 0.1, count: 1 }],
      'gen_ai.client.operation.time_per_output_chunk': [{ attributes: labels, sum: 0.01, count: 1 }],
    })
  })

  const overloaded = new ModelError('overloaded', 'Try again later.')
  it.each([
    ['thrown', [overloaded]],
    ['in the middle', [...answer.slice(0, 2), overloaded]],
    [
      'as an interrupted part',
      [...answer.slice(0, 2), { type: 'interrupted', error: overloaded, text: 'Hel' } as const],
    ],
  ])('tells of an error %s', async (_, script) => {
    await toArray(withTelemetry(scriptedModel(script).model).stream(request)).catch(() => {})
    expect(only()).toMatchObject({ attributes: { 'error.type': 'overloaded' }, status: { code: 2 } })
    const { 'gen_ai.client.operation.duration': duration } = await points()
    expect(duration?.[0]?.attributes).toMatchObject({ 'error.type': 'overloaded' })
  })

  it.each([
    ['broke off', [...answer.slice(0, 2), { type: 'usage', usage: full } as const, overloaded]],
    [
      'was interrupted',
      [...answer.slice(0, 2), { type: 'interrupted', error: overloaded, text: 'Hel', usage: full } as const],
    ],
    ['was left', [...answer.slice(0, 2), { type: 'usage', usage: full } as const, ...parts.slice(-1)]],
  ])('tells once of the usage of an answer that %s', async (_, script) => {
    const stream = withTelemetry(scriptedModel(script).model).stream(request)[Symbol.asyncIterator]()
    for (let count = 0; count < 3; count++) await stream.next()
    await stream.return?.()
    await stream.next().catch(() => {})
    expect(only()).toMatchObject({
      attributes: { 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': 11 },
    })
    const { 'gen_ai.client.token.usage': tokens = [] } = await points()
    expect(tokens.map(({ sum, count }) => [sum, count])).toEqual([
      [10, 1],
      [11, 1],
    ])
  })

  it('takes an abort, and a stream that is left early, for no error', async () => {
    const model = withTelemetry(scriptedModel().model)
    for await (const _ of model.stream(request)) break
    const controller = new AbortController()
    const stream = model.stream(request, { signal: controller.signal })[Symbol.asyncIterator]()
    await stream.next()
    controller.abort(new Error('enough'))
    await expect(stream.next()).rejects.toThrow('enough')
    expect(
      spans.getFinishedSpans().map(({ status, attributes }) => [status.code, attributes['empire.aborted']]),
    ).toEqual([
      [0, undefined],
      [0, true],
    ])
    const { 'gen_ai.client.operation.duration': durations = [] } = await points()
    expect(
      durations.map(({ attributes, count }) => [Object.keys(attributes as object).includes('error.type'), count]),
    ).toEqual([[false, 2]])
  })

  it('runs what the model does inside the span, also of a stream', async () => {
    const inner = createTelemetry('inner')
    const asking = defineModel({
      id: 'asking',
      async *stream() {
        for (const part of answer) yield await inner.withSpan(`make ${part.type}`, {}, async () => part)
      },
    })
    await toArray(withTelemetry(asking).stream(request))
    const all = spans.getFinishedSpans()
    const outer = all.find(({ name }) => name === 'chat asking')
    const made = all.filter(({ name }) => name.startsWith('make'))
    expect(made).toHaveLength(answer.length)
    for (const { parentSpanContext } of made) expect(parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
  })
})
