import { EmpireError } from '@empire/errors'

/** There is no cassette to replay (`cassette_not_found`), or one where a new one is to be recorded (`cassette_exists`). */
export class CassetteFileError extends EmpireError<'cassette_not_found' | 'cassette_exists'> {
  constructor(code: 'cassette_not_found' | 'cassette_exists', path: string) {
    const file = JSON.stringify(path)
    super(
      code,
      code === 'cassette_not_found'
        ? `Expected a cassette at ${file}, but it holds no request. Record it first, with mode "record".`
        : `Expected no cassette at ${file}, but there is one. Delete it to record it anew, or use mode "replay".`,
      { details: { path } },
    )
  }
}
