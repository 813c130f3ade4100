import type { Draft } from '../foreign/draft.ts'
import type { JsonSchema, JsonSchemaObject } from '../json-schema.ts'

/** One schema of a document that is compared. Two nodes are the same schema exactly if they have the same `id`. */
export interface Node {
  readonly id: number
  readonly schema: JsonSchema
  readonly document: NodeSource
}

/** Where nodes come from, and what their references lead to. */
export interface NodeSource {
  readonly draftOf: (schema: JsonSchemaObject) => Draft
  readonly node: (schema: JsonSchema) => Node
  /** What a `$ref` of the schema names. */
  readonly follow: (schema: JsonSchemaObject, reference: string) => Node
  /** Whether what a dynamic reference of the document means depends on the way to it. */
  readonly dynamic: boolean
  /** Whether the schemas carry notes about code: only forms of zod schemas do. */
  readonly noted: boolean
  /** Whether it is about values that come in. Of the results of a zod schema several may fit a `oneOf`: it chooses by the input. */
  readonly incoming: boolean
}

/** Schemas that hold together, each once, in the order of their ids; no schema means that anything goes. */
export type Conjunction = readonly Node[]

const nowhere: NodeSource = {
  draftOf: () => '2020-12',
  node: (schema) => createNode(schema),
  follow: () => anything,
  dynamic: false,
  noted: false,
  incoming: true,
}

let lastId = 0

/** A node of a schema that stands in no document; its subschemas must not refer to anything. */
export function createNode(schema: JsonSchema, document: NodeSource = nowhere): Node {
  lastId += 1
  return { id: lastId, schema, document }
}

/** The schema `true`. */
export const anything: Node = createNode(true)
/** The schema `false`. */
export const nothing: Node = createNode(false)

export function conjunction(nodes: readonly Node[]): Conjunction {
  const byId = new Map<number, Node>()
  for (const node of nodes) {
    if (node.schema === false) return [nothing]
    if (node.schema !== true) byId.set(node.id, node)
  }
  return byId.size < 2 ? [...byId.values()] : [...byId.values()].toSorted((left, right) => left.id - right.id)
}

export function conjunctionKey(nodes: Conjunction): string {
  return nodes.map(({ id }) => id).join(',')
}
