import { closestName } from '@empire/errors'
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml'
import { InvalidStagesError } from './invalid-stages-error.ts'
import type { StageOrder } from './stage.ts'
import { stageIdentifier, stageTitle } from './stage-identifier.ts'
import { stageKey } from './stage-key.ts'

/** A stage of a vocabulary in YAML. */
export interface StageSource {
  readonly identifier: string
  readonly display: string
  readonly documentation: string
  readonly order: StageOrder
  readonly children: readonly StageSource[]
}

/** What a vocabulary says about itself, and its stages. */
export interface StagesSource {
  readonly documentation: string
  readonly stages: readonly StageSource[]
}

/** Deeper ones are mistakes, and the parser of YAML goes as deep as the stack allows. */
const deepest = 32

/**
 * Reads a vocabulary: `stages`, a map from names to `display`, `documentation`, `order` and `children`.
 *
 * Throws `InvalidStagesError` with line and column for the first thing that is wrong.
 *
 * @param file What the text is called in messages.
 */
export function readStages(text: string, file: string): StagesSource {
  const lines = new LineCounter()

  function fail(problem: string, offset: number): never {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    const place = { file, line: Math.max(line, 1), column: Math.max(col, 1) }
    throw new InvalidStagesError(problem, place, (text.split('\n')[place.line - 1] ?? '').replace(/\r$/, ''))
  }

  const root = readMap(parse().contents, 'the vocabulary', 0)
  const whole = readParts(root, ['documentation', 'stages'], 'the vocabulary')
  const stages = whole.get('stages')
  if (stages === undefined) fail('Expected a map "stages", as in "stages: { Planning: }".', root.range?.[0] ?? 0)
  return { documentation: readText(whole.get('documentation')), stages: readLevel(stages, 1) }

  function parse(): Document {
    let documents: Document[]
    try {
      const options = { prettyErrors: false, logLevel: 'error', uniqueKeys: false, lineCounter: lines } as const
      documents = [...parseAllDocuments(text, options)]
    } catch (error) {
      if (error instanceof RangeError) fail('Expected fewer levels: this is nested too deeply.', 0)
      throw error
    }
    const [document, second] = documents
    const fault = document?.errors[0] ?? document?.warnings[0]
    if (fault !== undefined) fail(`This is not YAML: ${fault.message}`, fault.pos[0])
    if (document === undefined || document.contents === null) fail('Expected a map "stages", got an empty file.', 0)
    if (second !== undefined) fail('Expected one document, got a second one.', second.range?.[0] ?? 0)
    return document
  }

  function readLevel(pair: Pair, level: number): readonly StageSource[] {
    if (isEmpty(pair)) return []
    if (level > deepest) fail(`Expected at most ${deepest} levels.`, offsetOf(pair.key))
    const identifiers = new Map<string, string>()
    return readMap(pair.value, `"${keyOf(pair)}"`, offsetOf(pair.key)).items.map((item) => {
      const stage = readStage(item, level)
      for (const key of new Set([stageKey(stage.identifier), stageKey(stage.display)])) {
        const other = identifiers.get(key)
        if (other !== undefined) {
          fail(
            `Expected names and titles that differ, got "${keyOf(item)}", which means the same as "${other}".`,
            offsetOf(item.key),
          )
        }
        identifiers.set(key, keyOf(item))
      }
      return stage
    })
  }

  function readStage(pair: Pair, level: number): StageSource {
    const name = keyOf(pair)
    const identifier = stageIdentifier(name)
    if (identifier === undefined)
      fail(`Expected a name with a letter or a digit, got ${JSON.stringify(name)}.`, offsetOf(pair.key))
    if (isEmpty(pair))
      return { identifier, display: stageTitle(name), documentation: '', order: 'insertion', children: [] }
    const map = readMap(pair.value, `the stage "${name}"`, offsetOf(pair.key))
    const parts = readParts(map, ['display', 'documentation', 'order', 'children'], `the stage "${name}"`)
    const children = parts.get('children')
    return {
      identifier,
      display: readTitle(parts.get('display')) ?? stageTitle(name),
      documentation: readText(parts.get('documentation')),
      order: readOrder(parts.get('order'), level),
      children: children === undefined ? [] : readLevel(children, level + 1),
    }
  }

  function readMap(node: unknown, what: string, offset: number): YAMLMap {
    if (!isMap(node)) fail(`Expected ${what} to be a map, got ${describe(node)}.`, offsetOf(node) || offset)
    const names = new Set<string>()
    for (const { key } of node.items) {
      const name = isScalar(key) ? String(key.value) : fail(`Expected a name, got ${describe(key)}.`, offsetOf(key))
      if (names.has(name)) fail(`Expected each name once, got "${name}" again.`, offsetOf(key))
      names.add(name)
    }
    return node
  }

  function readParts(map: YAMLMap, known: readonly string[], what: string): ReadonlyMap<string, Pair> {
    for (const { key } of map.items) {
      const name = isScalar(key) ? String(key.value) : ''
      if (known.includes(name)) continue
      const near = closestName(name, known)
      const hint = near === undefined ? `Known: ${known.join(', ')}.` : `Did you mean "${near}"?`
      fail(`Unknown key ${JSON.stringify(name)} in ${what}. ${hint}`, offsetOf(key))
    }
    return new Map(map.items.map((pair) => [keyOf(pair), pair]))
  }

  function readScalar(pair: Pair): string {
    const { value } = pair
    if (isScalar(value) && (typeof value.value === 'string' || typeof value.value === 'number'))
      return String(value.source ?? value.value)
    return fail(
      `Expected "${keyOf(pair)}" to be a text, got ${describe(value)}.`,
      offsetOf(value) || offsetOf(pair.key),
    )
  }

  function readText(pair: Pair | undefined): string {
    return pair === undefined || isEmpty(pair) ? '' : readScalar(pair).trim()
  }

  function readTitle(pair: Pair | undefined): string | undefined {
    if (pair === undefined) return undefined
    const title = readScalar(pair).trim()
    if (title === '' || /[\r\n]/.test(title))
      fail('Expected "display" to be a title on one line.', offsetOf(pair.value))
    return title
  }

  function readOrder(pair: Pair | undefined, level: number): StageOrder {
    if (pair === undefined) return 'insertion'
    const order = readScalar(pair)
    if (order !== 'fixed' && order !== 'insertion') {
      fail(`Expected "order" to be "fixed" or "insertion", got ${JSON.stringify(order)}.`, offsetOf(pair.value))
    }
    if (order === 'fixed' && level > 1) {
      fail(
        'Only stages at the top have an order; those below are rendered in the order of insertion.',
        offsetOf(pair.key),
      )
    }
    return order
  }
}

function isEmpty({ value }: Pair): boolean {
  return value === null || (isScalar(value) && value.value === null)
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : ''
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0
}

function describe(node: unknown): string {
  if (isMap(node)) return 'a map'
  if (!isNode(node)) return 'nothing'
  if (isScalar(node)) return node.value === null ? 'nothing' : `a ${typeof node.value}`
  return (node as Node & { type?: string }).constructor.name === 'YAMLSeq' ? 'a list' : 'an alias'
}
