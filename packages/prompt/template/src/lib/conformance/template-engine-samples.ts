import type { TemplateEngine } from '../template-engine.ts'
import type { TemplateLookupOptions } from '../template-lookup.ts'

/** One promise of a contract: `run` throws if it is not kept. */
export interface ConformanceCase {
  /** The promise. */
  readonly name: string
  /** Throws if the promise is not kept. */
  run(): void
}

/** The few templates that the cases need, written in the language of the engine. */
export interface TemplateEngineSamples {
  /** Prints the variable `name` and nothing else. */
  readonly variable: string
  /** Prints `user.name`, then a space, then `user.age`, on its second line; the first line is `Hello`. */
  readonly path: string
  /** Prints each element of the array `items`, followed by a comma. */
  readonly loop: string
  /** Cannot be read; the fault is on the third line. */
  readonly broken: string
  /** Prints the variable `tone`, or `calm` if it is not given. */
  readonly optional: string
  /** Prints the template at this path, which sees the variables of this one, and nothing else. */
  include(path: string): string
}

/** Makes an engine that takes an undefined variable for an error, with these templates or this root. */
export type CreateTemplateEngine = (options?: TemplateLookupOptions) => TemplateEngine
