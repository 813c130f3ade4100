import { EmpireError } from '@empire/errors'

/** A stream has more invalid items than it may have. Each of those before was given as a verdict. */
export class TooManyInvalidItemsError extends EmpireError<'too_many_invalid_items'> {
  constructor(limit: number, index: number) {
    super(
      'too_many_invalid_items',
      `At most ${limit} items may be invalid, but item ${index} is one more. Raise "maxInvalid", or look whether the schema fits the source.`,
      { details: { limit, index } },
    )
  }
}
