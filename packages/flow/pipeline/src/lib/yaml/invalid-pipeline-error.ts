import { EmpireError } from '@empire/errors'

/** A place in a file, both numbers counted from 1; columns in UTF-16 units. */
export interface FilePlace {
  /** What the file is called in messages. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** A text that no pipeline can be made from. `details` holds `file`, `line`, `column` and `problem`. */
export class InvalidPipelineError extends EmpireError<'invalid_pipeline'> {
  /** @param problem What is wrong and what to do. @param text The line, which the message shows with a caret. */
  constructor(problem: string, { file, line, column }: FilePlace, text: string, options: { cause?: unknown } = {}) {
    super('invalid_pipeline', `${file}:${line}:${column}: ${problem}\n\n${excerpt(text, column)}`, {
      ...options,
      details: { file, line, column, problem },
    })
  }
}

/** How many characters of a line are shown on each side of the caret. */
const reach = 60

function excerpt(text: string, column: number): string {
  const at = column - 1
  const from = Math.max(0, at - reach)
  const before = (from > 0 ? '…' : '') + text.slice(from, at)
  const after = text.slice(at, at + reach) + (text.length > at + reach ? '…' : '')
  return `  ${visible(before + after)}\n  ${visible(before).replaceAll(/[^\t]/g, ' ')}^`
}

/** Control characters would break the caret line, or the terminal that shows it. */
function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F]/g, '\uFFFD')
}
