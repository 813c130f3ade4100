import { UsageError } from './usage-error.ts'

/** What an option takes, for `parseArgs`; those with a value show an example of it. */
export interface OptionForm {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  readonly example?: string
  /** Whether the value may be left out, as in `--trace=`. */
  readonly optional?: boolean
}

/** An option as `parseArgs` found it. */
export interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

/**
 * The value of an option, empty for one that takes none.
 *
 * @throws UsageError when there is no such option, or its value is missing or too much.
 */
export function checkOption(token: OptionToken, options: Readonly<Record<string, OptionForm>>): string {
  const form = Object.hasOwn(options, token.name) ? options[token.name] : undefined
  if (form === undefined) {
    const known = Object.keys(options).map((name) => `--${name}`)
    throw new UsageError(`There is no option ${token.rawName}. The options are ${known.join(', ')}.`)
  }
  if (form.type === 'boolean') {
    if (token.value !== undefined) throw new UsageError(`${token.rawName} takes no value, got "${token.value}".`)
    return ''
  }
  const isNextOption = token.inlineValue !== true && token.value?.startsWith('--')
  if (token.value === '' && form.optional === true) return ''
  if (token.value && !isNextOption) return token.value
  throw new UsageError(`${token.rawName} needs a value, as in: ${token.rawName} ${form.example}`)
}
