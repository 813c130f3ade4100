/**
 * The identifier of a stage: the words of its name with a capital each, joined. `after tool-execution` is `AfterToolExecution`.
 *
 * Words are runs of letters and digits of any script; accents are composed. An identifier that would begin with a digit gets a `_`
 * before it. Since each begins with a capital, `_` or a letter without case, none is a reserved word. `undefined` for a
 * name without a letter or digit.
 */
export function stageIdentifier(name: string): string | undefined {
  const words = name.normalize('NFC').match(/[\p{L}\p{Nd}\p{Nl}][\p{L}\p{M}\p{Nd}\p{Nl}]*/gu)
  if (words === null) return undefined
  const joined = words.map((word) => capitalize(word)).join('')
  return /^\p{ID_Start}/u.test(joined) ? joined : `_${joined}`
}

/**
 * The title of a stage that is given none: a name with spaces as it is, else its words with a capital each. Words end at `_`, `-`,
 * `.` and before a capital: `afterToolExecution`, `after_tool_execution` and `AfterToolExecution` are `After Tool Execution`,
 * `HTTPServer` is `HTTP Server`.
 */
export function stageTitle(name: string): string {
  const text = name.normalize('NFC').trim().replaceAll(/\s+/g, ' ')
  if (text.includes(' ')) return text
  return text
    .replaceAll(/(?<=[\p{Ll}\p{Nd}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[_.-]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => capitalize(word))
    .join(' ')
}

function capitalize(word: string): string {
  const [first = '', ...rest] = word
  return first.toUpperCase() + rest.join('')
}
