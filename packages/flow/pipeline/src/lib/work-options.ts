import type { BreakerOptions, RetryOptions } from '@empire/resilience'

/** How the work of a step is done: tried again, given up, held back. */
export interface WorkOptions {
  /** How often it is tried, or how, as for `retry` of `@empire/resilience`. Default: once. */
  readonly retry?: number | StepRetry | undefined
  /** Milliseconds for one attempt. Default: as long as it takes. */
  readonly timeout?: number | StepTimeout | undefined
  /** The circuit breaker in front of it. One of that name is shared by all pipelines of the process. Default: none. */
  readonly breaker?: string | StepBreaker | undefined
  /** The resource it uses. Work on one resource is limited in all pipelines of the process together. Default: none. */
  readonly concurrency?: string | Resource | undefined
}

/** Options of `retry` of `@empire/resilience`, but what the run itself gives. */
export type StepRetry = Omit<RetryOptions, 'clock' | 'onRetry' | 'random' | 'signal'>

/** How long an attempt may take. */
export interface StepTimeout {
  /** Milliseconds until the signal of the attempt is aborted, with a `TimeoutError`. */
  readonly after: number
  /**
   * Milliseconds that one which ignores its signal is still waited for. After that the run goes on, and the step, if it has an
   * effect, is named in `rollback_incomplete` while it runs. Default: 1,000.
   */
  readonly grace?: number | undefined
}

/** Options of `createBreaker` of `@empire/resilience`, with a name. Say them once; elsewhere the name is enough. */
export type StepBreaker = Omit<BreakerOptions, 'clock' | 'name'> & { readonly name: string }

/** Something that only so much work may use at a time. */
export interface Resource {
  /** Its name in the process. */
  readonly resource: string
  /** How many may use it at the same time. May be left out where another step of the process says it. */
  readonly limit?: number | undefined
}

/** How the effect of a step is undone. */
export interface EffectOptions<Context> {
  /**
   * Undoes what the step did, when the run fails or is aborted. It has to be right also when the step has not acted, or only in part:
   * then `output` is `undefined`. Alone it is tried as often and for as long as the step. Default: the step has no effect.
   */
  readonly compensate?: Compensation<Context> | undefined
  /** The step has an effect that nothing undoes: a rollback names it. Default: `false`. */
  readonly irreversible?: boolean | undefined
}

/** A function that undoes, alone or with how often and for how long it is tried. */
export type Compensation<Context> =
  | ((context: Context) => unknown)
  | {
      /** Undoes what the step did. */
      readonly run: (context: Context) => unknown
      /** Default: once. */
      readonly retry?: number | StepRetry | undefined
      /** Default: as long as it takes. */
      readonly timeout?: number | StepTimeout | undefined
    }
