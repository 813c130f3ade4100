import { closestName, EmpireError } from '@empire/errors'
import { parseArgs } from 'node:util'

/** The command line asks for something that cannot be done. */
export class UsageError extends EmpireError<'usage'> {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super('usage', message, options)
  }
}

/** What the command line asks for. */
export type Command =
  | { readonly action: 'help' }
  | {
      readonly action: 'generate'
      readonly input: string
      readonly output: string
      readonly check: boolean
      readonly name: string | undefined
      readonly from: string | undefined
    }

const options = {
  output: { type: 'string' },
  check: { type: 'boolean' },
  name: { type: 'string' },
  from: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

const example = 'as in: stages generate stages.yaml'

/** Reads the words of the command line. Throws `UsageError`. */
export function readCommand(words: readonly string[]): Command {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true })
  const given = new Map<string, string>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind === 'option') given.set(token.name, checkOption(token, given))
  }
  if (given.has('help')) return { action: 'help' }
  const [action, input, ...others] = positionals
  if (action === undefined) throw new UsageError(`A command is expected, ${example}`)
  if (action !== 'generate') {
    throw new UsageError(`There is no command ${JSON.stringify(action)}. The command is generate, ${example}`)
  }
  if (input === undefined || input === '') throw new UsageError(`A vocabulary is expected, ${example}`)
  if (others.length > 0) throw new UsageError(`One vocabulary is expected, got ${others.length + 1}.`)
  const output = given.get('output') ?? defaultOutput(input)
  if (output === input) throw new UsageError('--output is the vocabulary itself. Give another file.')
  const [name, from] = [given.get('name'), given.get('from')]
  if (name !== undefined && !/^[A-Z][A-Za-z0-9]*$/.test(name)) {
    throw new UsageError(`--name takes a name with a capital, such as Stages, got ${JSON.stringify(name)}.`)
  }
  return { action, input, output, check: given.has('check'), name, from }
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value?: string | undefined
  readonly inlineValue?: boolean | undefined
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken, given: ReadonlyMap<string, string>): string {
  if (!Object.hasOwn(options, name)) {
    const near = closestName(name, Object.keys(options))
    const known = Object.keys(options).map((one) => `--${one}`)
    const hint = near === undefined ? `The options are ${known.join(', ')}.` : `Did you mean --${near}?`
    throw new UsageError(`There is no option ${rawName}. ${hint}`)
  }
  if (given.has(name)) throw new UsageError(`${rawName} is given twice. Give it once.`)
  if (options[name as keyof typeof options].type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value, got ${JSON.stringify(value)}.`)
    return ''
  }
  const isOption = inlineValue !== true && value?.startsWith('--')
  if (value === undefined || value === '' || isOption) throw new UsageError(`${rawName} needs a value.`)
  return value
}

function defaultOutput(input: string): string {
  const output = input.replace(/[.]ya?ml$/i, '.ts')
  if (output !== input) return output
  throw new UsageError(`--output is needed, since ${JSON.stringify(input)} does not end in .yaml.`)
}
