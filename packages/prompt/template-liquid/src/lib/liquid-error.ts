import { TemplateError } from '@empire/template'
import { LiquidFailure, limitFailure } from './render/liquid-failure.ts'

/** Where something went wrong. */
export interface FailurePlace {
  readonly engine: string
  readonly template: string | undefined
  readonly source: string
  /** Counted from 0 in UTF-16 units. */
  readonly at: number
}

/** What was thrown, as a `TemplateError` with the place in the template. One that has its place already passes. */
export function toTemplateError(thrown: unknown, { engine, template, source, at }: FailurePlace): TemplateError {
  if (thrown instanceof TemplateError) {
    if (thrown.line !== undefined) return thrown
    const { code, problem, details, cause } = thrown
    return new TemplateError(code, problem, { engine, template, at: { source, offset: at }, details, cause })
  }
  const failure = toFailure(thrown)
  const { code, message, details } = failure
  return new TemplateError(code, message, {
    engine,
    template,
    at: { source, offset: failure.at ?? at },
    details,
    ...('cause' in failure ? { cause: failure.cause } : {}),
  })
}

function toFailure(thrown: unknown): LiquidFailure {
  if (thrown instanceof LiquidFailure) return thrown
  if (thrown instanceof RangeError && /call stack/i.test(thrown.message)) return limitFailure('depth')
  if (thrown instanceof RangeError && /string length|array length|BigInt/i.test(thrown.message)) {
    return limitFailure('memoryLimit')
  }
  return new LiquidFailure('template_render', 'A value threw when it was read. See the cause.', { cause: thrown })
}
