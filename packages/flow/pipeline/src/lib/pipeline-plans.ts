import type { PipelinePlans } from './planned-step.ts'

// Registered, so that a pipeline of another installed copy of this package is one too.
const brand = Symbol.for('empire.pipeline')

/** Gives a pipeline what others need to make it a part of theirs. */
export function withPlans<Value extends object>(pipeline: Value, plans: PipelinePlans): Value {
  return Object.defineProperty(pipeline, brand, { value: plans })
}

/** What a pipeline was given; `undefined` if it is none. */
export function plansOf(pipeline: unknown): PipelinePlans | undefined {
  if (typeof pipeline !== 'object' || pipeline === null) return undefined
  return (pipeline as { [brand]?: PipelinePlans })[brand]
}
