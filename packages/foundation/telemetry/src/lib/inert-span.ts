import type { Span, SpanContext } from '@opentelemetry/api'

const invalidContext: SpanContext = Object.freeze({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 })

/** Accepts everything and records nothing. */
export const inertSpan: Span = Object.freeze({
  spanContext: () => invalidContext,
  isRecording: () => false,
  setAttribute: () => inertSpan,
  setAttributes: () => inertSpan,
  addEvent: () => inertSpan,
  addLink: () => inertSpan,
  addLinks: () => inertSpan,
  setStatus: () => inertSpan,
  updateName: () => inertSpan,
  recordException: () => undefined,
  end: () => undefined,
})
