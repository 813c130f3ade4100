import { describeValue, EmpireError } from '@empire/errors'

/** The type of a medium is missing or is none. `details` holds the `mimeType` that came. */
export class InvalidMediaTypeError extends EmpireError<'invalid_media_type'> {
  /** @param mimeType What came in place of a type. @param url The URL that it was looked for in, if there is one. */
  constructor(mimeType: unknown, url: string | undefined) {
    const came =
      mimeType === undefined && url !== undefined ? 'none, and the URL does not tell' : describeValue(mimeType)
    super(
      'invalid_media_type',
      `Expected "mimeType" to be a type and a subtype with "/" between them, got ${came}. For example: context.media({ mimeType: "image/png", url: "https://example.com/cat" }).`,
      { details: typeof mimeType === 'string' ? { mimeType } : {} },
    )
  }
}
