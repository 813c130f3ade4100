/**
 * What a message of a schema library says that it expected.
 *
 * "Invalid input: expected number, received string" (zod), "Expected number but received "abc"" (valibot) and "must be a
 * number (was a string)" (arktype) all give `number` or `a number`, and leave out the value, which may be a secret. A
 * message of another form is the expectation itself.
 */
export function expectationIn(message: string): string {
  for (const [opening, closings] of forms) {
    const start = message.toLowerCase().indexOf(opening)
    if (start === -1) continue
    const expectation = message.slice(start + opening.length)
    const ends = closings.map((closing) => expectation.indexOf(closing)).filter((end) => end > 0)
    return expectation.slice(0, Math.min(...ends, expectation.length))
  }
  return message
}

const forms: readonly (readonly [string, readonly string[]])[] = [
  ['expected ', [', received ', ' but received ', ', got ', ' but got ']],
  ['must be ', [' (was ', ', got ']],
]
