import { canonicalKey, deepEqual } from '../foreign/deep-equal.ts'
import { isJsonSchema, isSchemaObject, type JsonSchema } from '../json-schema.ts'
import { subschemaShape } from '../subschema-shape.ts'
import { isAnnotation } from './annotations.ts'
import type { Node } from './node.ts'
import { readKeywords } from './read-keywords.ts'

/** Whether two schemas are written alike, but for annotations, names of definitions and the order of names and values. */
export function areIdentical(left: Node, right: Node): boolean {
  const pairs: [Node, Node][] = [[left, right]]
  const seen = new Map<number, Set<number>>()
  // The list grows while it is gone through: a pair that was met before is not looked at again.
  for (const [one, other] of pairs) {
    const others = seen.get(one.id) ?? new Set<number>()
    if (others.has(other.id)) continue
    seen.set(one.id, others.add(other.id))
    if (!areAlike(one, other, pairs)) return false
  }
  return true
}

/** Compares two schemas without their subschemas, which go on the list. */
function areAlike(left: Node, right: Node, pairs: [Node, Node][]): boolean {
  const [one, other] = [resolved(left), resolved(right)]
  if (!isSchemaObject(one.schema) || !isSchemaObject(other.schema)) return one.schema === other.schema
  const a = readKeywords(one.schema, one.document.draftOf(one.schema))
  const b = readKeywords(other.schema, other.document.draftOf(other.schema))
  if (a['$dynamicRef'] !== undefined && (one.document.dynamic || other.document.dynamic)) return false
  const keywords = new Set([...Object.keys(a), ...Object.keys(b)].filter((keyword) => !isAnnotation(keyword)))
  return [...keywords].every((keyword) => {
    if (keyword === '$ref' || keyword === '$dynamicRef') return followBoth(one, other, a[keyword], b[keyword], pairs)
    return areAlikeUnder(keyword, a[keyword], b[keyword], (x, y) => {
      pairs.push([one.document.node(x), other.document.node(y)])
    })
  })
}

/** What a schema that is only a reference refers to. */
function resolved(node: Node): Node {
  let current = node
  for (;;) {
    const { schema, document } = current
    if (!isSchemaObject(schema) || typeof schema['$ref'] !== 'string') return current
    const others = Object.keys(readKeywords(schema, document.draftOf(schema))).filter((each) => !isAnnotation(each))
    if (others.length > 1) return current
    current = document.follow(schema, schema['$ref'])
  }
}

function followBoth(one: Node, other: Node, left: unknown, right: unknown, pairs: [Node, Node][]): boolean {
  if (typeof left !== 'string' || typeof right !== 'string') return false
  if (!isSchemaObject(one.schema) || !isSchemaObject(other.schema)) return false
  pairs.push([one.document.follow(one.schema, left), other.document.follow(other.schema, right)])
  return true
}

function areAlikeUnder(
  keyword: string,
  left: unknown,
  right: unknown,
  push: (left: JsonSchema, right: JsonSchema) => void,
): boolean {
  const shape = keyword === 'dependencies' ? 'map' : subschemaShape(keyword)
  if (shape === 'schema' && isJsonSchema(left) && isJsonSchema(right)) {
    push(left, right)
    return true
  }
  if (shape === 'list' && Array.isArray(left) && Array.isArray(right)) {
    if (left.length !== right.length) return false
    left.forEach((member: JsonSchema, index) => push(member, right[index] as JsonSchema))
    return true
  }
  if (shape === 'map' && isSchemaObject(left) && isSchemaObject(right)) {
    const names = Object.keys(left)
    if (names.length !== Object.keys(right).length) return false
    return names.every((name) => {
      if (!Object.hasOwn(right, name)) return false
      const [x, y] = [left[name], right[name]]
      if (!isJsonSchema(x) || !isJsonSchema(y)) return deepEqual(x, y)
      push(x, y)
      return true
    })
  }
  if (sets.has(keyword) && Array.isArray(left) && Array.isArray(right)) return sameMembers(left, right)
  return deepEqual(left, right)
}

const sets: ReadonlySet<string> = new Set(['enum', 'required', 'type'])

function sameMembers(left: readonly unknown[], right: readonly unknown[]): boolean {
  const members = new Set(left.map((member) => canonicalKey(member)))
  return left.length === right.length && right.every((member) => members.has(canonicalKey(member)))
}
