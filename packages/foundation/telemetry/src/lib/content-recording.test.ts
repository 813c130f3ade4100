import { trace } from '@opentelemetry/api'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isContentRecorded, setContentRecording } from './content-recording.ts'
import { createTelemetry } from './create-telemetry.ts'
import { defineEvents } from './define-events.ts'
import { genAi } from './gen-ai.ts'
import { setContent } from './set-content.ts'

const secret = `sk-ant-api03-${'aB3dE5gH7jK9mN1pQ2sT'.repeat(4)}AA`
const telemetry = createTelemetry('@empire/test')

afterEach(() => {
  setContentRecording(false)
  trace.disable()
})

function recordSpans(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter()
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }))
  return exporter
}

function writtenBy(content: unknown): unknown {
  const spans = recordSpans()
  telemetry.withSpan('chat', {}, (span) => setContent(span, genAi.inputMessages, content))
  return spans.getFinishedSpans()[0]?.attributes['gen_ai.input.messages']
}

const unreadable = {
  get content(): string {
    throw new Error('gone')
  },
}

describe('setContentRecording', () => {
  it('is off at first', () => {
    expect(isContentRecorded()).toBe(false)
  })

  it('refuses anything but true and false', () => {
    expect(() => setContentRecording('yes' as never)).toThrow(
      new TypeError('setContentRecording: "on" must be true or false, got string.'),
    )
  })
})

describe('setContent', () => {
  it('writes nothing and asks for nothing while recording is off', () => {
    const content = vi.fn<() => string>(() => 'Hello')
    expect(writtenBy(content)).toBeUndefined()
    expect(content).not.toHaveBeenCalled()
  })

  it('refuses an attribute without a name, also while recording is off', () => {
    expect(() => telemetry.withSpan('chat', {}, (span) => setContent(span, 7 as never, 'Hello'))).toThrow(
      new TypeError('setContent: "attribute" must be a string, got number.'),
    )
  })

  it('asks for nothing while the span is not recorded', () => {
    setContentRecording(true)
    const content = vi.fn<() => string>(() => 'Hello')
    telemetry.withSpan('chat', {}, (span) => setContent(span, genAi.inputMessages, content))
    expect(content).not.toHaveBeenCalled()
  })

  it.each([
    ['a text as it is', 'Hello', 'Hello'],
    ['data as JSON', [{ role: 'user', content: 'Hello' }], '[{"role":"user","content":"Hello"}]'],
    ['what a function gives', () => ({ role: 'user' }), '{"role":"user"}'],
    ['nothing for undefined', undefined, undefined],
    [
      'only the number of bytes',
      { image: Buffer.from('secret'), sound: new Float64Array(2) },
      '{"image":"[6 bytes]","sound":"[16 bytes]"}',
    ],
    ['a mark for what throws', unreadable, '{"content":"[unreadable]"}'],
    ['a mark for what is not JSON', { big: 1n }, '[unreadable]'],
  ])('writes %s', (_, content, written) => {
    setContentRecording(true)
    expect(writtenBy(content)).toBe(written)
  })

  it.each([
    [`my key is ${secret}!`, 'my key is [redacted]!'],
    [
      [{ content: [{ text: secret }], password: 'hunter2' }],
      '[{"content":[{"text":"[redacted]"}],"password":"[redacted]"}]',
    ],
  ])('writes no secret: %j', (content, written) => {
    setContentRecording(true)
    expect(writtenBy(content)).toBe(written)
  })
})

describe('content in an event', () => {
  const { answered } = defineEvents('test', {
    answered: { description: 'A model answered.', fields: { model: 'label', prompt: 'content' } },
  })

  function hear(prompt: unknown): unknown {
    let heard: unknown
    const leave = answered.subscribe((message) => {
      heard = message.prompt
    })
    answered.publish({ model: 'm', prompt })
    leave()
    return heard
  }

  it('is left out while recording is off', () => {
    const prompt = vi.fn<() => string>(() => 'Hello')
    expect(hear('Hello')).toBeUndefined()
    expect(hear(prompt)).toBeUndefined()
    expect(prompt).not.toHaveBeenCalled()
  })

  it('is heard without secrets while it is on', () => {
    setContentRecording(true)
    expect(hear('Hello')).toBe('Hello')
    expect(hear(() => [{ content: `key ${secret}` }])).toEqual([{ content: 'key [redacted]' }])
    expect(hear(unreadable)).toEqual({ content: '[unreadable]' })
  })
})
