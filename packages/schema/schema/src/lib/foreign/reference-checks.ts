import { isSchemaObject, type JsonSchema } from '../json-schema.ts'
import type { ChecksByType, SchemaContext } from './schema-context.ts'
import { locationOf, resolveUri, splitFragment, type SchemaResource } from './schema-index.ts'
import type { Check, Run } from './run.ts'
import { UnresolvedReferenceError } from './unresolved-reference-error.ts'

/** `$ref`, and the references that depend on where a schema is reached from. */
export function referenceChecks(context: SchemaContext, { any }: ChecksByType): void {
  const { schema, place } = context
  const { draft } = place.resource
  if (typeof schema['$ref'] === 'string') any.push(target(context, schema['$ref'], '$ref').check)
  if (draft === '2019-09' && typeof schema['$recursiveRef'] === 'string')
    any.push(recursiveCheck(context, schema['$recursiveRef']))
  if (draft === '2020-12' && typeof schema['$dynamicRef'] === 'string')
    any.push(dynamicCheck(context, schema['$dynamicRef']))
}

function target(
  context: SchemaContext,
  reference: string,
  keyword: string,
): { check: Check; schema: JsonSchema; uri: string } {
  const { resource, pointer } = context.place
  const location = locationOf(resource, `${pointer}/${keyword}`)
  const uri = resolveUri(reference, resource.uri, location)
  const schema = context.index.find(uri)
  if (schema === undefined) throw new UnresolvedReferenceError(reference, location, 'the document has no schema there.')
  return { check: context.enter(schema, uri), schema, uri }
}

/** Means the outermost schema on the way here that has the same dynamic anchor. */
function dynamicCheck(context: SchemaContext, reference: string): Check {
  const { check, schema, uri } = target(context, reference, '$dynamicRef')
  const [, name] = splitFragment(uri)
  if (!isSchemaObject(schema) || schema['$dynamicAnchor'] !== name) return check
  return outermost(context, check, ({ dynamicAnchors }) => dynamicAnchors.get(name))
}

/** Means the outermost schema on the way here that allows it, if the one that is named does. */
function recursiveCheck(context: SchemaContext, reference: string): Check {
  const { check, schema } = target(context, reference, '$recursiveRef')
  if (!allows(schema)) return check
  return outermost(context, check, ({ root }) => (allows(root) ? root : undefined))
}

function outermost(
  context: SchemaContext,
  initial: Check,
  find: (resource: SchemaResource) => JsonSchema | undefined,
): Check {
  // Every resource that may be on the way is compiled now: checking waits for nothing.
  const checks = new Map<SchemaResource, Check>()
  for (const resource of context.index.resources.values()) {
    const schema = find(resource)
    if (schema !== undefined) checks.set(resource, context.enter(schema, resource.uri))
  }
  const chosen = (run: Run): Check => {
    let found = initial
    for (let scope = run.scope; scope !== undefined; scope = scope.outer) found = checks.get(scope.resource) ?? found
    return found
  }
  return (value, run, trail, marks) => chosen(run)(value, run, trail, marks)
}

function allows(root: JsonSchema): boolean {
  return isSchemaObject(root) && root['$recursiveAnchor'] === true
}
