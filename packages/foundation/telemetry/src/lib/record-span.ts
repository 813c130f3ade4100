import { redactText } from '@empire/redaction'
import {
  type Attributes,
  INVALID_SPAN_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import { redactAttributes } from './redact-attributes.ts'

/** What a span says about the work it covers. */
export interface SpanOptions {
  /** Facts known before the work begins. Never prompts, outputs or secrets. */
  readonly attributes?: Attributes | undefined
  /** The signal that cancels the work: its reason, when thrown, is an abort and not an error. */
  readonly signal?: Cancellation | undefined
}

/** What a span reads of an `AbortSignal`. */
export interface Cancellation {
  readonly aborted: boolean
  readonly reason: unknown
}

/** Accepts everything and records nothing. */
export const inertSpan: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT)

export function recordSpan<Result>(
  tracer: Tracer,
  name: string,
  options: SpanOptions,
  run: (span: Span) => Result,
): Result {
  const { attributes, signal } = options
  const spanOptions = attributes === undefined ? {} : { attributes: redactAttributes(attributes) }
  return tracer.startActiveSpan(name, spanOptions, (span) => {
    try {
      const result = run(span)
      if (!isThenable(result)) {
        span.end()
        return result
      }
      return result.then(
        (value) => {
          span.end()
          return value
        },
        (error: unknown) => {
          endFailed(span, error, signal)
          throw error
        },
      ) as Result
    } catch (error) {
      endFailed(span, error, signal)
      throw error
    }
  })
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function endFailed(span: Span, error: unknown, signal: Cancellation | undefined): void {
  if (isAbort(error, signal)) {
    span.setAttribute('empire.aborted', true)
  } else {
    const exception = describeThrown(error)
    span.setAttribute('error.type', exception.name)
    span.recordException(exception)
    span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message })
  }
  span.end()
}

function isAbort(error: unknown, signal: Cancellation | undefined): boolean {
  if (signal?.aborted === true && error === signal.reason) return true
  return error instanceof Error && error.name === 'AbortError'
}

interface ThrownDescription {
  name: string
  message: string
  stack?: string
}

// A copy of plain strings: the SDK trusts what it is given, and would throw a fault of its own in place of the first one.
function describeThrown(error: unknown): ThrownDescription {
  if (typeof error === 'string') return { name: 'string', message: redactText(error) }
  if (!(error instanceof Error)) return { name: typeof error, message: '' }
  const name = 'code' in error && typeof error.code === 'string' ? error.code : String(error.name)
  const description = { name: redactText(name), message: redactText(String(error.message)) }
  return typeof error.stack === 'string' ? { ...description, stack: redactText(error.stack) } : description
}
