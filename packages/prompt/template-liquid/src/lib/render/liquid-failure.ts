import type { TemplateErrorCode } from '@empire/template'

/** What is known about a failure beside what it was. */
export interface LiquidFailureOptions {
  /** Where in the template, counted from 0; nothing means: where the rendering has come to. */
  at?: number | undefined
  details?: Readonly<Record<string, unknown>> | undefined
  cause?: unknown
}

/** A name in a template may be a million letters long. */
const longestProblem = 800

/** A failure on its way to the engine, which turns it into a `TemplateError` with the place in the template. */
export class LiquidFailure extends Error {
  readonly code: TemplateErrorCode
  readonly at: number | undefined
  readonly details: Readonly<Record<string, unknown>> | undefined

  constructor(code: TemplateErrorCode, problem: string, options: LiquidFailureOptions = {}) {
    super(
      problem.length > longestProblem ? `${problem.slice(0, longestProblem)}…` : problem,
      'cause' in options ? { cause: options.cause } : {},
    )
    this.code = code
    this.at = options.at
    this.details = options.details
  }
}

/** A template that cannot be read. */
export function syntaxFailure(problem: string, at: number): LiquidFailure {
  return new LiquidFailure('template_syntax', problem, { at })
}

/** A rendering that cannot go on. */
export function renderFailure(problem: string): LiquidFailure {
  return new LiquidFailure('template_render', problem)
}

/** A limit that was reached. `depth` is not an option: nobody needs more. */
export function limitFailure(
  limit: 'parseLimit' | 'renderLimit' | 'memoryLimit' | 'depth',
  at?: number,
): LiquidFailure {
  const problem =
    limit === 'depth'
      ? 'The template is nested too deeply, or includes itself without end.'
      : `The template exceeds "${limit}". Make it smaller, or raise the limit if you trust it.`
  return new LiquidFailure('template_limit_exceeded', problem, { at, details: { limit } })
}
