/**
 * What a message of a schema library says that it expected, without the value that came, which may be a secret.
 *
 * "Invalid input: expected number, received string" (zod), "Invalid type: Expected number but received "abc"" (valibot)
 * and "port must be a number (was a string)" (arktype) give `number` and `a number`. Any other message is quoted.
 */
export function expectationIn(message: string): string {
  const expected = /(?:^|: )expected /i.exec(message)
  if (expected !== null)
    return upTo(message.slice(expected.index + expected[0].length), [', received ', ' but received '])
  const [, requirement] = splitAt(message, 'must be ')
  const [rule, was] = splitAt(requirement ?? '', ' (was ')
  return was === undefined ? `another value (${message})` : rule
}

function upTo(text: string, ends: readonly string[]): string {
  return ends.reduce((rest, end) => splitAt(rest, end)[0], text)
}

function splitAt(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator)
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + separator.length)]
}
