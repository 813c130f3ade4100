import { redactText } from '@empire/redaction'
import type { Attributes, Span, SpanStatusCode, Tracer } from '@opentelemetry/api'
import { inertSpan } from './inert-span.ts'
import { openTelemetryRegistry } from './open-telemetry-registry.ts'
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

const failed: SpanStatusCode.ERROR = 2

export function recordSpan<Result>(
  tracer: Tracer,
  name: string,
  options: SpanOptions,
  run: (span: Span) => Result,
): Result {
  const { attributes, signal } = options
  const spanOptions = attributes === undefined ? {} : { attributes: redactAttributes(attributes) }
  let hasBegun = false
  try {
    return tracer.startActiveSpan(redactText(name), spanOptions, (span) => {
      hasBegun = true
      return runInSpan(span, signal, run)
    })
  } catch (error) {
    if (hasBegun) throw error
    reportFault(error)
    return run(inertSpan)
  }
}

function runInSpan<Result>(span: Span, signal: Cancellation | undefined, run: (span: Span) => Result): Result {
  let result: Result
  try {
    result = run(span)
    if (isThenable(result)) {
      return result.then(
        (value) => {
          guard(() => span.end())
          return value
        },
        (error: unknown) => {
          endFailed(span, error, signal)
          throw error
        },
      ) as Result
    }
  } catch (error) {
    endFailed(span, error, signal)
    throw error
  }
  guard(() => span.end())
  return result
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function endFailed(span: Span, error: unknown, signal: Cancellation | undefined): void {
  guard(() => markFailed(span, error, signal))
  guard(() => span.end())
}

/** What a tracer of the application throws must not take the place of what the work gives or throws. */
function guard(tell: () => void): void {
  try {
    tell()
  } catch (error) {
    reportFault(error)
  }
}

function reportFault(error: unknown): void {
  openTelemetryRegistry().diag?.error('@empire/telemetry: the tracer provider threw.', error)
}

function markFailed(span: Span, error: unknown, signal: Cancellation | undefined): void {
  const { name, message, stack } = describeThrown(error)
  if ((signal?.aborted === true && error === signal.reason) || name === 'AbortError') {
    span.setAttribute('empire.aborted', true)
    return
  }
  span.setAttribute('error.type', name)
  span.setStatus({ code: failed, message })
  span.recordException(stack === undefined ? { name, message } : { name, message, stack })
}

interface ThrownDescription {
  readonly name: string
  readonly message: string
  readonly stack?: string | undefined
}

/**
 * A copy of plain strings: the SDK trusts what it is given, and would throw a fault of its own in place of the first one.
 * By its shape and not its class, for what is thrown may come from another realm.
 */
function describeThrown(error: unknown): ThrownDescription {
  if (typeof error === 'string') return { name: 'string', message: redactText(error) }
  try {
    const { name, message, code, stack } = (error ?? {}) as Readonly<Record<string, unknown>>
    if (typeof name !== 'string' || typeof message !== 'string') return { name: typeof error, message: '' }
    return {
      name: name === 'AbortError' || typeof code !== 'string' ? redactText(name) : redactText(code),
      message: redactText(message),
      stack: typeof stack === 'string' ? redactText(stack) : undefined,
    }
  } catch {
    return { name: typeof error, message: '' }
  }
}
