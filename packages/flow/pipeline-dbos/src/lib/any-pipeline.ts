import type { Pipeline } from '@empire/pipeline'

/** A pipeline of any types. */
// oxlint-disable-next-line typescript/no-explicit-any -- what a pipeline takes is contravariant: no other type fits all
export type AnyPipeline = Pipeline<any, any, any>
