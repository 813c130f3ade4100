import { EmpireError } from '@empire/errors'
import { formatPath } from './format-path.ts'

/** No value can be made for a schema, or none was found. */
export class NoExampleError extends EmpireError<'no_example'> {
  /** Where in the schema: fields by their names, elements as `element`, `key` and `value`. */
  readonly path: readonly string[]

  constructor(path: readonly string[], reason: string, options: { cause?: unknown } = {}) {
    super(
      'no_example',
      `No value can be made for the schema at ${formatPath(path)}: ${reason}. Give it an "example" with defineType(), or "examples" in its metadata.`,
      { ...options, details: { path, reason } },
    )
    this.path = path
  }
}
