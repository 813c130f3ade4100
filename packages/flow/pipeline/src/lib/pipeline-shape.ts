/** What a pipeline is made of, as JSON: all that decides whether a stored run can go on. The bodies of functions are not in it. */
export interface PipelineShape {
  readonly name: string
  /** What the author says of the functions' behaviour: change it when old and new runs must not mix. */
  readonly version?: string
  /** In the order of definition. */
  readonly steps: readonly StepShape[]
}

/** One step of a pipeline, as JSON. */
export interface StepShape {
  readonly name: string
  readonly kind: StepKind
  /** Names of the steps whose outputs it waits for, in the order of definition. */
  readonly needs: readonly string[]
  /** What a rollback does about it. Absent: nothing, it is taken to have no effect. */
  readonly undo?: 'compensate' | 'irreversible'
  /** Whether a condition decides if it runs. */
  readonly conditional?: true
  /** How often a loop goes round at most. */
  readonly max?: number
  /** What is inside a step that is a pipeline. */
  readonly pipeline?: PipelineShape
}

/** How a step was defined: by `.step`, `.map`, `.loop` or `.use`. */
export type StepKind = 'step' | 'map' | 'loop' | 'pipeline'
