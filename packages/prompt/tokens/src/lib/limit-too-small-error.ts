import { EmpireError } from '@empire/errors'

/** One character has more tokens than a piece may have. `details` holds `limit`, the `tokens` it has, and its `index` in the text. */
export class LimitTooSmallError extends EmpireError<'limit_too_small'> {
  constructor(limit: number, tokens: number, index: number) {
    super(
      'limit_too_small',
      `Expected a limit of at least ${tokens} tokens, which the character at index ${index} has, got ${limit}. A limit of 4 or more is always enough for a counter of bytes.`,
      { details: { limit, tokens, index } },
    )
  }
}
