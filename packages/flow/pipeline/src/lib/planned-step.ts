import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { PipelineShape } from './pipeline-shape.ts'
import type { Resource, StepBreaker, StepRetry } from './work-options.ts'

type Decide = (inputs: never) => unknown

/** A step as its definition was checked: names resolved, options in one form. */
export type Step = StepBase & StepKindOptions

interface StepBase {
  readonly name: string
  /** Positions in the list of steps. */
  readonly needs: readonly number[]
  readonly when: Decide | undefined
}

type StepKindOptions =
  | { readonly kind: 'step'; readonly work: Work }
  | { readonly kind: 'map'; readonly work: Work; readonly over: Decide; readonly atOnce: number }
  | {
      readonly kind: 'loop'
      readonly work: Work
      readonly initial: Decide
      readonly until: Decide
      readonly max: number
    }
  | { readonly kind: 'pipeline'; readonly input: Decide | undefined; readonly inner: PipelinePlans }

/** What is done for a unit of work. */
export interface Work {
  readonly run: (context: never) => unknown
  readonly idempotencyKey: Decide | undefined
  readonly retry: StepRetry | undefined
  readonly timeout: Timeout | undefined
  readonly breaker: StepBreaker | undefined
  readonly resource: Resource | undefined
  readonly compensate: PlannedCompensation | undefined
  readonly irreversible: boolean
}

export interface PlannedCompensation {
  readonly run: (context: never) => unknown
  readonly retry: StepRetry | undefined
  readonly timeout: Timeout | undefined
}

/** Milliseconds. */
export interface Timeout {
  readonly after: number
  readonly grace: number
}

/** A pipeline as another holds it: ready to be planned as a part of it. */
export interface PipelinePlans {
  readonly shape: PipelineShape
  /** @param root The name of the outermost pipeline. @param prefix What the keys begin with: `review/`. */
  plan(root: string, prefix: string): Plan
}

/** A pipeline made ready to run: what all its runs share. */
export interface Plan {
  /** The name of the outermost pipeline. */
  readonly root: string
  readonly name: string
  readonly schema: StandardSchemaV1 | undefined
  /** How many units of work are at it at a time. */
  readonly concurrency: number
  /** Whether any of its work, also of pipelines inside, is tried again, timed, or held back. */
  readonly hasPolicies: boolean
  readonly steps: readonly PlannedStep[]
}

/** A step with its place in the graph. */
export type PlannedStep = PlacedStep & (Exclude<Step, PipelineStep> | (PipelineStep & { readonly innerPlan: Plan }))

type PipelineStep = Extract<Step, { kind: 'pipeline' }>

interface PlacedStep {
  /** The key of its unit of work, or what the keys of its units begin with. */
  readonly path: string
  /** Positions of the steps that need this one. */
  readonly dependants: readonly number[]
  readonly spanName: string
  readonly attributes: Readonly<Record<string, string>>
  /** For the counter, by status. */
  readonly endAttributes: Readonly<Record<EndStatus, Readonly<Record<string, string>>>>
}

export type EndStatus = 'completed' | 'failed' | 'aborted'
