import { EmpireError } from '@empire/errors'

/** The text is not JSON by the letter, and `strict: true` was asked for. */
export class PartialJsonError extends EmpireError<'json_invalid'> {
  /** Where, in UTF-16 code units from the start of the stream. */
  readonly offset: number
  readonly expected: string
  readonly received: string

  constructor(offset: number, expected: string, received: string) {
    super(
      'json_invalid',
      `Expected ${expected} at offset ${offset}, received ${received}. Correct the text, or leave out "strict" to read it all the same.`,
      { details: { offset, expected, received } },
    )
    this.offset = offset
    this.expected = expected
    this.received = received
  }
}

/** No more can be pushed: the parser was ended. */
export class PartialJsonEndedError extends EmpireError<'json_stream_ended'> {
  constructor() {
    super(
      'json_stream_ended',
      'Expected a parser that still reads, but end() was called. Create a parser for each text.',
    )
  }
}

/** One character as a message names it. */
export function describeCharacter(text: string, index: number): string {
  const code = text.codePointAt(index) ?? 0
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return code > 32 && code < 127 ? JSON.stringify(String.fromCodePoint(code)) : name
}
