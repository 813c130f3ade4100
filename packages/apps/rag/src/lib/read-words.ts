import { parseArgs } from 'node:util'
import { checkOption, type OptionForm } from './check-option.ts'
import { UsageError } from './usage-error.ts'

/** The words behind the name of a command. */
export interface Words {
  /** By option, without the dashes. */
  readonly values: ReadonlyMap<string, string>
  /** What is no option, in order. */
  readonly positionals: readonly string[]
}

/**
 * Reads the words behind the name of a command.
 *
 * @throws UsageError for an option that is unknown, given twice, or without its value.
 */
export function readWords(words: readonly string[], options: Readonly<Record<string, OptionForm>>): Words {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true })
  const values = new Map<string, string>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const value = checkOption(token, options)
    if (values.has(token.name)) throw new UsageError(`--${token.name} is given twice. Give it once.`)
    values.set(token.name, value)
  }
  return { values, positionals }
}
