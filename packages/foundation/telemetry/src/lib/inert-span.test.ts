import { INVALID_SPAN_CONTEXT, isSpanContextValid, type Span, trace } from '@opentelemetry/api'
import { describe, expect, it } from 'vitest'
import { createTelemetry } from './create-telemetry.ts'
import { inertSpan } from './inert-span.ts'

const nonRecording = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)
const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(nonRecording)).filter((name) => name !== 'constructor')

function callOf(span: Span, method: string): unknown {
  return (span as unknown as Record<string, () => unknown>)[method]?.()
}

describe('the span that run is given while no provider is set', () => {
  it('is not recorded, and its context is valid for nobody', () => {
    createTelemetry('@empire/test').withSpan('work', {}, (span) => {
      expect(span.isRecording()).toBe(false)
      expect(isSpanContextValid(span.spanContext())).toBe(false)
    })
  })

  it('has the methods of the span that the API would give', () => {
    expect(Object.keys(inertSpan).toSorted()).toEqual(methods.toSorted())
  })

  it.each(methods)('answers as that one does: %s', (method) => {
    const answer = callOf(nonRecording, method)
    expect(callOf(inertSpan, method)).toEqual(answer === nonRecording ? inertSpan : answer)
  })
})
