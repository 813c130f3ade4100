import { closestName } from '@empire/errors'
import { parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

/** What the command line asks for. */
export type Command =
  | { readonly action: 'help' }
  | {
      readonly action: 'explain'
      readonly file: string
      readonly run: string | undefined
      readonly html: string | undefined
    }
  | { readonly action: 'runs'; readonly file: string }
  | { readonly action: 'verify'; readonly file: string; readonly head: string | undefined }

const options = {
  run: { type: 'string' },
  html: { type: 'string' },
  head: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** The options that each command takes. */
const optionsOf: Readonly<Record<string, readonly string[]>> = { explain: ['run', 'html'], runs: [], verify: ['head'] }

const example = 'as in: pipeline explain audit.jsonl'

/** Reads the words of the command line. @throws {UsageError} */
export function readCommand(words: readonly string[]): Command {
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true })
  const given = new Map<string, string>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind === 'option') given.set(token.name, checkOption(token, given))
  }
  if (given.has('help')) return { action: 'help' }
  const [action, file, ...others] = positionals
  if (action === undefined) throw new UsageError(`A command is expected, ${example}`)
  if (action !== 'explain' && action !== 'runs' && action !== 'verify') {
    const near = closestName(action, Object.keys(optionsOf))
    const hint = near === undefined ? 'The commands are explain, runs, verify.' : `Did you mean ${near}?`
    throw new UsageError(`There is no command ${JSON.stringify(action)}. ${hint}`)
  }
  if (file === undefined || file === '') throw new UsageError(`A file is expected, ${example}`)
  if (others.length > 0) throw new UsageError(`One file is expected, got ${others.length + 1}.`)
  const foreign = [...given.keys()].find((name) => optionsOf[action]?.includes(name) !== true)
  if (foreign !== undefined) throw new UsageError(`pipeline ${action} takes no --${foreign}.`)
  if (action === 'explain') return { action, file, run: given.get('run'), html: given.get('html') }
  return action === 'runs' ? { action, file } : { action, file, head: given.get('head') }
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
