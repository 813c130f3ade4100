import { EmpireError } from '@empire/errors'

/** A document is not a JSON Schema of its draft. */
export class InvalidJsonSchemaError extends EmpireError<'invalid_json_schema'> {
  /** Where in the document, as a JSON Pointer behind the document's URI, if it has one: `#/properties/age/type`. */
  readonly location: string

  constructor(location: string, problem: string, cause?: unknown) {
    super('invalid_json_schema', `The document is not a valid JSON Schema: at ${location}, ${problem}`, {
      ...(cause === undefined ? {} : { cause }),
      details: { location },
    })
    this.location = location
  }
}
