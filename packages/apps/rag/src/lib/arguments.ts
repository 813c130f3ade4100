import { parseArgs } from 'node:util'
import { checkOption } from './check-option.ts'
import { defaultModel, type EmbedderName, isModelName, modelForms, type ModelName } from './model-name.ts'
import { readCount } from './read-count.ts'
import { readEmbedderName } from './read-embedder-name.ts'
import { UsageError } from './usage-error.ts'

/** What the command line asks for; `undefined` where it leaves the choice to the settings. */
export interface RagArguments {
  readonly help: boolean
  readonly json: boolean
  /** Whether it is `rag ask`, which reads no documents. */
  readonly needsIndex: boolean
  readonly question: string
  readonly docs: readonly string[] | undefined
  /** The index file to ask in place of documents. */
  readonly index: string | undefined
  readonly top: number | undefined
  readonly budget: number | undefined
  readonly model: ModelName | undefined
  /** What made the vectors of the index; it is asked that it is this one. */
  readonly embedder: EmbedderName | undefined
  /** The file of the page of the run; empty for one that nobody named. */
  readonly trace: string | undefined
  readonly record: string | undefined
  readonly replay: string | undefined
}

const options = {
  docs: { type: 'string', multiple: true, example: './docs' },
  index: { type: 'string', example: 'docs.db' },
  top: { type: 'string', example: '8' },
  budget: { type: 'string', example: '4000' },
  model: { type: 'string', example: defaultModel },
  embedder: { type: 'string', example: 'gemini:gemini-embedding-001' },
  trace: { type: 'string', example: 'trace.html', optional: true },
  record: { type: 'string', example: './run' },
  replay: { type: 'string', example: './run' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Reads the words of the command line.
 *
 * `--trace` takes the next word if it is named like a page. `--docs` takes every word up to the next option; without a question elsewhere the last of them is the question.
 *
 * @throws UsageError naming the option and what it takes.
 */
export function parseArguments(words: readonly string[], { needsIndex = false } = {}): RagArguments {
  const { values, positionals, paths } = readTokens(words)
  const help = values.has('help')
  const question = readQuestion(positionals, paths)
  const [record, replay] = [values.get('record'), values.get('replay')]
  if (record !== undefined && replay !== undefined) {
    throw new UsageError('Give --record or --replay, not both.')
  }
  const index = values.get('index')
  if (index !== undefined && paths !== undefined) throw new UsageError('Give --docs or --index, not both.')
  const embedder = readEmbedderName(values.get('embedder'))
  if (embedder !== undefined && paths !== undefined) {
    throw new UsageError('--embedder is about an index file. Give --index, not --docs.')
  }
  if (needsIndex && paths !== undefined) throw new UsageError('rag ask reads no documents. Give --index, not --docs.')
  // A record knows what was asked.
  if (!help && replay === undefined) requireQuestion(question, paths)
  return {
    help,
    json: values.has('json'),
    needsIndex,
    question,
    docs: paths,
    index,
    top: readCount('top', values.get('top')),
    budget: readCount('budget', values.get('budget')),
    model: readModel(values.get('model')),
    embedder,
    trace: values.get('trace'),
    record,
    replay,
  }
}

function readTokens(words: readonly string[]) {
  const { tokens } = parseArgs({
    args: withTraceValue(words),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string>()
  const positionals: string[] = []
  let paths: string[] | undefined
  let readsPaths = false
  for (const token of tokens) {
    if (token.kind === 'positional') (readsPaths && paths ? paths : positionals).push(token.value)
    else if (token.kind === 'option-terminator') readsPaths = false
    else {
      const value = checkOption(token, options)
      readsPaths = token.name === 'docs'
      if (readsPaths) (paths ??= []).push(value)
      else if (values.has(token.name)) throw new UsageError(`--${token.name} is given twice. Give it once.`)
      else values.set(token.name, value)
    }
  }
  return { values, positionals, paths }
}

/** `--trace` takes a page only: what else follows it is the question, or another option. */
function withTraceValue(words: readonly string[]): string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length
  return words.map((word, at) =>
    word === '--trace' && at < end && !/\.html?$/i.test(words[at + 1] ?? '') ? '--trace=' : word,
  )
}

function readQuestion(positionals: readonly string[], paths: string[] | undefined): string {
  const words = positionals.length === 0 && paths && paths.length > 1 ? paths.splice(-1) : positionals
  return words.join(' ').trim()
}

function requireQuestion(question: string, paths: readonly string[] | undefined): void {
  if (question !== '') return
  const docs = paths ? ` --docs ${paths.join(' ')}` : ''
  throw new UsageError(`A question is expected, as in: rag "How is a layer violation reported?"${docs}`)
}

function readModel(name: string | undefined): ModelName | undefined {
  if (name === undefined) return undefined
  if (isModelName(name)) return name
  throw new UsageError(`There is no model "${name}". The models are ${modelForms}.`)
}
