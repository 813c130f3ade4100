import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { notesKey } from '../schema-notes.ts'
import { everything, type Alternative, type Extras } from './alternative.ts'
import type { CodeStep } from './code-step.ts'
import { conjoin, withExtras } from './conjoin.ts'
import { areExclusive } from './exclusive.ts'
import { keywordAlternatives } from './keyword-alternatives.ts'
import { conjunctionKey, type Conjunction, type Node } from './node.ts'
import { readKeywords } from './read-keywords.ts'
import { evaluatedShapes } from './evaluated-shapes.ts'

/** More alternatives than these are not multiplied out; what would do so is then only equal to itself. */
const mostAlternatives = 1024
const mostPairs = 100_000

/** Gives the alternatives of schemas that hold together: a value fits all of them exactly if it fits one alternative. */
export type Expand = (schemas: Conjunction) => readonly Alternative[]

export function createExpand(): Expand {
  const known = new Map<string, readonly Alternative[]>()
  const ofNodes = new Map<Node, readonly Alternative[]>()

  function expand(schemas: Conjunction): readonly Alternative[] {
    const [first, ...others] = schemas
    if (first === undefined) return everything
    if (others.length === 0) return expandNode(first)
    const key = conjunctionKey(schemas)
    let alternatives = known.get(key)
    if (alternatives === undefined) {
      alternatives = expandNode(first)
      for (const node of others) alternatives = both(alternatives, expandNode(node), node)
      known.set(key, alternatives)
    }
    return alternatives
  }

  function expandNode(node: Node): readonly Alternative[] {
    const { schema } = node
    if (!isSchemaObject(schema)) return schema ? everything : []
    let alternatives = ofNodes.get(node)
    if (alternatives === undefined) {
      alternatives = merged(expandObject(node, schema))
      ofNodes.set(node, alternatives)
    }
    return alternatives
  }

  function expandObject(node: Node, schema: JsonSchemaObject): readonly Alternative[] {
    const { document } = node
    const words = readKeywords(schema, document.draftOf(schema))
    const child = (subschema: JsonSchema): Node => document.node(subschema)
    let alternatives = keywordAlternatives(words, child)
    const restrict = (others: readonly Alternative[]): void => {
      alternatives = both(alternatives, others, node)
    }
    if (typeof words['$ref'] === 'string') restrict(expandNode(document.follow(schema, words['$ref'])))
    if (typeof words['$dynamicRef'] === 'string') {
      if (document.dynamic) restrict(onlyItself(node))
      else restrict(expandNode(document.follow(schema, words['$dynamicRef'])))
    }
    for (const member of listOf(words['allOf'], child)) restrict(expandNode(member))
    if (Array.isArray(words['anyOf'])) restrict(listOf(words['anyOf'], child).flatMap((member) => expandNode(member)))
    if (Array.isArray(words['oneOf'])) restrict(exclusive(listOf(words['oneOf'], child), document.incoming))
    if (isJsonSchema(words['if'])) restrict(conditional(words, child(words['if']), child))
    if (isJsonSchema(words['not'])) alternatives = without(alternatives, [child(words['not'])])
    const shapes = evaluatedShapes(node, words)
    if (shapes === undefined) restrict(onlyItself(node))
    else if (shapes !== 'none') restrict(shapes)
    const steps = document.noted ? stepsOf(schema) : []
    // Code may take what the form refuses altogether.
    if (alternatives.length === 0 && steps.some(({ effect }) => effect !== 'wider')) alternatives = onlyItself(node)
    return steps.length === 0 ? alternatives : alternatives.map((each) => withExtras(each, { steps }))
  }

  function exclusive(members: readonly Node[], meant: boolean): readonly Alternative[] {
    const expanded = members.map((member) => expandNode(member))
    if (!meant || areExclusive(expanded)) return expanded.flat()
    return members.flatMap((_, index) =>
      without(
        expanded[index] as readonly Alternative[],
        members.filter((_member, other) => other !== index),
      ),
    )
  }

  function conditional(words: JsonSchemaObject, test: Node, child: (schema: JsonSchema) => Node): Alternative[] {
    const branch = (keyword: string): readonly Alternative[] =>
      isJsonSchema(words[keyword]) ? expandNode(child(words[keyword])) : everything
    return [...both(expandNode(test), branch('then'), test), ...without(branch('else'), [test])]
  }

  return expand
}

/** What fits an alternative of both sides; `node` is what says the right one, should there be too many. */
function both(left: readonly Alternative[], right: readonly Alternative[], node: Node): readonly Alternative[] {
  if (left === everything) return right
  if (right === everything) return left
  if (left.length * right.length > mostPairs) return left.map((each) => withExtras(each, { unknown: [node] }))
  const found: Alternative[] = []
  for (const each of left) {
    for (const other of right) {
      const joined = conjoin(each, other)
      if (joined !== undefined) found.push(joined)
    }
  }
  if (found.length <= mostAlternatives || found.length <= left.length) return found
  return left.map((each) => withExtras(each, { unknown: [node] }))
}

function without(alternatives: readonly Alternative[], nots: readonly Node[]): readonly Alternative[] {
  if (nots.some(({ schema }) => schema === true || isEmptyObject(schema))) return []
  return alternatives.map((each) => withExtras(each, { nots }))
}

function isEmptyObject(schema: JsonSchema): boolean {
  return isSchemaObject(schema) && Object.keys(schema).length === 0
}

function onlyItself(node: Node): readonly Alternative[] {
  return everything.map((each) => withExtras(each, { unknown: [node] }))
}

function listOf(members: unknown, child: (schema: JsonSchema) => Node): Node[] {
  return Array.isArray(members) ? members.filter(isJsonSchema).map(child) : []
}

function stepsOf(schema: JsonSchemaObject): readonly CodeStep[] {
  const notes = (schema[notesKey] ?? []) as readonly Partial<CodeStep>[]
  return notes.map((note) => ({
    keyword: note.keyword ?? '',
    reason: note.reason ?? '',
    effect: note.effect ?? 'different',
    token: note.token ?? note.reason ?? '',
    changes: note.changes ?? false,
  }))
}

/** Scalars with nothing beside them as one alternative, and no alternative twice. */
function merged(alternatives: readonly Alternative[]): readonly Alternative[] {
  if (alternatives === everything || alternatives.length < 2) return alternatives
  const kept = new Set<Alternative>()
  const values: [string, null | boolean | number | string][] = []
  for (const each of alternatives) {
    if (each.kind === 'scalars' && isPlain(each)) values.push(...each.values)
    else kept.add(each)
  }
  if (values.length === 0) return [...kept]
  return [{ kind: 'scalars', values: new Map(values), nots: [], steps: [], unknown: [] }, ...kept]
}

function isPlain({ nots, steps, unknown }: Extras): boolean {
  return nots.length + steps.length + unknown.length === 0
}
