import { isSchemaObject, type JsonSchemaObject } from '../json-schema.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import { locationOf, resolveUri, splitFragment, type SchemaIndex } from './schema-index.ts'

/** Refuses schemas that lead back to themselves about the same value: checking them would never end. */
export function refuseEndlessReferences(index: SchemaIndex): void {
  const done = new Set<JsonSchemaObject>()
  for (const start of index.schemas()) {
    if (done.has(start)) continue
    // Depth first, without recursion: `open` are the schemas on the way from `start`.
    const open = new Set<JsonSchemaObject>([start])
    const stack = [{ schema: start, next: sameValue(start, index) }]
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const following = top.next.pop()
      if (following === undefined) {
        stack.pop()
        open.delete(top.schema)
        done.add(top.schema)
      } else if (open.has(following)) {
        const { resource, pointer } = index.place(top.schema)
        throw new InvalidJsonSchemaError(
          locationOf(resource, pointer),
          'it leads back to itself about the same value, which never ends.',
        )
      } else if (!done.has(following)) {
        open.add(following)
        stack.push({ schema: following, next: sameValue(following, index) })
      }
    }
  }
}

/** The schemas that a schema applies to the very value that it is applied to. */
function sameValue(schema: JsonSchemaObject, index: SchemaIndex): JsonSchemaObject[] {
  const { resource, pointer } = index.place(schema)
  const found: unknown[] = []
  if (typeof schema['$ref'] === 'string') {
    found.push(index.find(resolveUri(schema['$ref'], resource.uri, locationOf(resource, pointer))))
    if (resource.draft === 'draft-07') return found.filter(isSchemaObject)
  }
  found.push(...dynamicTargets(schema, index))
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[keyword])) found.push(...schema[keyword])
  for (const keyword of ['not', 'if']) found.push(schema[keyword])
  if ('if' in schema) found.push(schema['then'], schema['else'])
  for (const keyword of ['dependentSchemas', 'dependencies']) {
    if (isSchemaObject(schema[keyword])) found.push(...Object.values(schema[keyword]))
  }
  return found.filter(isSchemaObject).filter((member) => index.has(member))
}

/** What a dynamic reference names, where that does not depend on the way to it; elsewhere, only checking a value shows an end. */
function dynamicTargets(schema: JsonSchemaObject, index: SchemaIndex): unknown[] {
  const { resource, pointer } = index.place(schema)
  const keyword = resource.draft === '2019-09' ? '$recursiveRef' : '$dynamicRef'
  const reference = schema[keyword]
  if (typeof reference !== 'string') return []
  const uri = resolveUri(reference, resource.uri, locationOf(resource, pointer))
  const [, name] = splitFragment(uri)
  const rivals = [...index.resources.values()].filter(({ dynamicAnchors, root }) =>
    keyword === '$dynamicRef' ? dynamicAnchors.has(name) : isSchemaObject(root) && root['$recursiveAnchor'] === true,
  )
  return rivals.length > 1 ? [] : [index.find(uri)]
}
