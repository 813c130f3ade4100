import { describeValue, EmpireError } from '@empire/errors'

/** No text belongs to this token. `details` holds `token` and `encoding`. */
export class UnknownTokenError extends EmpireError<'unknown_token'> {
  constructor(token: unknown, encoding: string) {
    super(
      'unknown_token',
      `Expected tokens of ${encoding}, got ${describeValue(token)}. Decode with the encoding that encoded; special tokens have no text.`,
      { details: { token, encoding } },
    )
  }
}
