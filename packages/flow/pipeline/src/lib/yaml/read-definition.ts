import { closestName } from '@empire/errors'
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml'
import { InvalidPipelineError } from './invalid-pipeline-error.ts'

/** A value with its place in the text. */
export interface Placed<Value = unknown> {
  readonly value: Value
  /** In UTF-16 units. */
  readonly offset: number
}

/** A step as the text has it. */
export interface StepText extends Placed<ReadonlyMap<string, Placed>> {
  readonly name: string
}

/** A pipeline as the text has it: what its parts say is not looked at. */
export interface PipelineText {
  readonly options: ReadonlyMap<string, Placed>
  readonly steps: readonly StepText[]
  /** Refuses the text, at a place. */
  fail(problem: string, offset: number, options?: { cause?: unknown }): never
}

const pipelineKeys = ['name', 'version', 'concurrency', 'steps']

const stepKeys = [
  'run',
  'needs',
  'when',
  'retry',
  'timeout',
  'breaker',
  'concurrency',
  'over',
  'initial',
  'until',
  'max',
  'pipeline',
  'input',
]

const tooDeep = 'Expected fewer levels: this is nested too deeply.'

/**
 * Reads the parts of a pipeline in YAML.
 *
 * @param file What the text is called in messages.
 * @throws {InvalidPipelineError} With line and column of the first thing that is wrong.
 */
export function readDefinition(text: string, file: string): PipelineText {
  const lines = new LineCounter()

  function fail(problem: string, offset: number, options: { cause?: unknown } = {}): never {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    const place = { file, line: Math.max(line, 1), column: Math.max(col, 1) }
    const shown = (text.split('\n')[place.line - 1] ?? '').replace(/\r$/, '')
    throw new InvalidPipelineError(problem, place, shown, options)
  }

  const document: Document = parse()
  const parts = readParts(expectMap(document.contents, 'the pipeline', 0), pipelineKeys, 'the pipeline')
  const steps = parts.get('steps')
  if (steps === undefined) fail('Expected a map "steps", as in "steps: { fetch: { run: fetchPage } }".', 0)
  const options = new Map([...parts].flatMap(([name, pair]) => (name === 'steps' ? [] : [[name, placed(pair)]])))
  const pairs = readParts(expectMap(steps.value, '"steps"', offsetOf(steps.key)), undefined, '"steps"')
  return { options, steps: [...pairs].map(([name, pair]) => readStep(name, pair)), fail }

  function parse(): Document {
    let documents: Document[]
    try {
      const parseOptions = { prettyErrors: false, logLevel: 'error', uniqueKeys: false, lineCounter: lines } as const
      documents = [...parseAllDocuments(text, parseOptions)]
    } catch (error) {
      if (error instanceof RangeError) fail(tooDeep, 0)
      throw error
    }
    const [first, second] = documents
    const fault = first?.errors[0] ?? first?.warnings[0]
    if (fault?.message.startsWith('Maximum call stack') === true) fail(tooDeep, fault.pos[0])
    if (fault !== undefined) fail(`This is not YAML: ${fault.message}`, fault.pos[0])
    if (first === undefined || first.contents === null)
      fail('Expected a map with "name" and "steps", got an empty text.', 0)
    if (second !== undefined) fail('Expected one document, got a second one.', second.range?.[0] ?? 0)
    return first
  }

  function readStep(name: string, pair: Pair): StepText {
    const offset = offsetOf(pair.key)
    const what = `step ${JSON.stringify(name)}`
    if (pair.value === null || (isScalar(pair.value) && pair.value.value === null))
      return { name, offset, value: new Map() }
    const fields = readParts(expectMap(pair.value, what, offset), stepKeys, what)
    return { name, offset, value: new Map([...fields].map(([key, field]) => [key, placed(field)])) }
  }

  function placed(pair: Pair): Placed {
    const offset = isNode(pair.value) ? offsetOf(pair.value) : offsetOf(pair.key)
    if (!isNode(pair.value)) return { value: undefined, offset }
    try {
      return { value: pair.value.toJS(document) as unknown, offset }
    } catch (error) {
      // Aliases that would make it very large, or that name nothing.
      return fail(`This cannot be read: ${error instanceof Error ? error.message : String(error)}`, offset, {
        cause: error,
      })
    }
  }

  function expectMap(node: unknown, what: string, offset: number): YAMLMap {
    const meant = isAlias(node) ? node.resolve(document) : node
    if (isMap(meant)) return meant
    return fail(`Expected ${what} to be a map.`, isNode(node) ? offsetOf(node) : offset)
  }

  function readParts(map: YAMLMap, known: readonly string[] | undefined, what: string): Map<string, Pair> {
    const found = new Map<string, Pair>()
    for (const pair of map.items) {
      const { key } = pair
      const name = isScalar(key) ? String(key.value) : fail('Expected a name.', offsetOf(key))
      if (found.has(name)) fail(`Expected each name once, got ${JSON.stringify(name)} again.`, offsetOf(key))
      if (known !== undefined && !known.includes(name)) {
        const near = closestName(name, known)
        const hint = near === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${near}"?`
        fail(`Unknown key ${JSON.stringify(name)} in ${what}. ${hint}`, offsetOf(key))
      }
      found.set(name, pair)
    }
    return found
  }
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}
