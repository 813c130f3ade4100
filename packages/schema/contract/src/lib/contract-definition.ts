import type { ErrorSchemas, InputSchemas, ValueSchema } from './schemas.ts'

/** What a function promises, as data. */
export interface ContractDefinition<
  Input extends InputSchemas | undefined = InputSchemas | undefined,
  Output extends ValueSchema | undefined = ValueSchema | undefined,
  Errors extends ErrorSchemas | undefined = ErrorSchemas | undefined,
> {
  /** What violations, events and counters call it. */
  readonly name: string
  /** What the function does, for people and for models that choose among tools. */
  readonly description?: string | undefined
  /** One schema for one argument, or a list with one for each. Default: arguments are not checked. */
  readonly input?: Input
  /** The schema of the result, or of what its promise gives; `each(schema)` for an iterable. Default: it is not checked. */
  readonly output?: Output
  /** The schema of each declared error's `details`, by its `code`. Default: errors are not checked. */
  readonly errors?: Errors
}
