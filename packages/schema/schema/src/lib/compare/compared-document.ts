import { describeValue } from '@empire/errors'
import type * as z from 'zod'
import type { Direction } from '../dialect.ts'
import { isSchema } from '../expect-schema.ts'
import { checkDocument } from '../foreign/check-document.ts'
import { draftNamed, type Draft } from '../foreign/draft.ts'
import { InvalidJsonSchemaError } from '../foreign/invalid-json-schema-error.ts'
import { metaschemaAt } from '../foreign/known-metaschemas.ts'
import { refuseEndlessReferences } from '../foreign/refuse-endless-references.ts'
import {
  createSchemaIndex,
  locationOf,
  ownAddress,
  resolveUri,
  splitFragment,
  type SchemaIndex,
} from '../foreign/schema-index.ts'
import { UnresolvedReferenceError } from '../foreign/unresolved-reference-error.ts'
import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { zodToNotedForm } from '../zod-to-document.ts'
import { codeSteps } from './code-steps.ts'
import { isAnnotation } from './annotations.ts'
import { anything, createNode, nothing, type Node, type NodeSource } from './node.ts'

/** Reads one side of a comparison: a zod schema by its form in the direction, or a document. Gives its root. */
export function comparedDocument(
  name: string,
  schema: z.core.$ZodType | JsonSchema,
  direction: Direction,
  draft: Draft,
): Node {
  if (isSchema(schema)) {
    return createSource(zodToNotedForm(schema, direction, codeSteps), '2020-12', {
      noted: true,
      incoming: direction === 'input',
    })
  }
  if (!isJsonSchema(schema)) {
    throw new TypeError(`"${name}" must be a schema of zod 4 or a JSON Schema, got ${describeValue(schema)}.`)
  }
  const own = draftOf(schema, draft)
  checkDocument(schema, own, { patterns: true })
  return createSource(schema, own, { noted: false, incoming: true })
}

function createSource(root: JsonSchema, draft: Draft, kind: Pick<NodeSource, 'noted' | 'incoming'>): Node {
  const index = indexed(root, draft)
  const nodes = new Map<JsonSchemaObject, Node>()
  const source: NodeSource = {
    draftOf: (schema) => index.place(schema).resource.draft,
    node: (schema) => {
      if (!isSchemaObject(schema)) return schema ? anything : nothing
      const known = nodes.get(schema)
      if (known !== undefined) return known
      // What is only a reference is the schema that it names: pairs of schemas are met again by whatever name.
      const node = isOnlyReference(schema) ? source.follow(schema, schema.$ref) : createNode(schema, source)
      nodes.set(schema, node)
      return node
    },
    follow: (schema, reference) => {
      const { resource, pointer } = index.place(schema)
      const location = locationOf(resource, `${pointer}/$ref`)
      // Indexing has found every reference a schema.
      return source.node(index.find(resolveUri(reference, resource.uri, location)) as JsonSchema)
    },
    dynamic: isDynamic(index),
    ...kind,
  }
  return source.node(root)
}

function isOnlyReference(schema: JsonSchemaObject): schema is JsonSchemaObject & { $ref: string } {
  return (
    typeof schema['$ref'] === 'string' &&
    Object.keys(schema).every((keyword) => keyword === '$ref' || isAnnotation(keyword))
  )
}

function indexed(root: JsonSchema, draft: Draft): SchemaIndex {
  const index = createSchemaIndex(() => undefined)
  index.add(root, ownAddress, { draft, disabled: new Set() })
  // The list grows while it is gone through: metaschemas refer to more.
  for (const { uri, location } of index.references) {
    if (index.find(uri) !== undefined) continue
    const [address] = splitFragment(uri)
    const known = metaschemaAt.get(address)
    if (known !== undefined && !index.resources.has(address)) {
      index.add(known.document, address, { draft: known.draft, disabled: new Set() })
    }
    if (index.find(uri) !== undefined) continue
    throw new UnresolvedReferenceError(
      uri.replace(ownAddress, ''),
      location,
      'only what stands in the document itself is compared. Put what it refers to into its definitions.',
    )
  }
  refuseEndlessReferences(index)
  return index
}

function draftOf(document: JsonSchema, fallback: Draft): Draft {
  if (!isSchemaObject(document) || typeof document['$schema'] !== 'string') return fallback
  const uri = document['$schema']
  const draft = draftNamed(uri)
  if (draft !== undefined) return draft
  throw new InvalidJsonSchemaError('#/$schema', `${uri} is none of draft-07, 2019-09, 2020-12.`)
}

/** Where only one schema has an anchor, a dynamic reference to it is like any other. */
function isDynamic({ resources }: SchemaIndex): boolean {
  const anchors = new Set<string>()
  let recursive = 0
  for (const { dynamicAnchors, root } of resources.values()) {
    for (const name of dynamicAnchors.keys()) {
      if (anchors.has(name)) return true
      anchors.add(name)
    }
    if (isSchemaObject(root) && root['$recursiveAnchor'] === true) recursive += 1
  }
  return recursive > 1
}
