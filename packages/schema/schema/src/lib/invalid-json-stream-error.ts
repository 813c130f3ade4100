import { EmpireError } from '@empire/errors'

/** A source that should hold one JSON array holds something else, or breaks off: nothing behind that place can be read. */
export class InvalidJsonStreamError extends EmpireError<'invalid_json_stream'> {
  /** Where, in bytes from the start of the source. */
  readonly offset: number

  constructor(offset: number, expected: string, received: string) {
    super(
      'invalid_json_stream',
      `Expected ${expected} at byte ${offset} of a JSON array, received ${received}. Items before that were read; correct the source, or use the format "ndjson" for lines.`,
      { details: { offset, expected, received } },
    )
    this.offset = offset
  }
}
