import { pointerSteps, valueAt } from './json-pointer.ts'
import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from './json-schema.ts'
import { eachSubschema } from './map-subschemas.ts'
import { UnrepresentableSchemaError } from './unrepresentable-schema-error.ts'
import { upgradeKeywords } from './upgrade-keywords.ts'

/** A schema that a reference names, and what it may be called. */
export interface Target {
  readonly schema: JsonSchema
  readonly hint: string
}

/** What the references in a document lead to. */
export interface ForeignTargets {
  /** @param from The schema that holds the reference: relative ones start at its `$id`, or that of what is around it. */
  readonly find: (reference: string, from: JsonSchemaObject) => Target
  /** Whether a dynamic reference may mean several schemas. */
  readonly isDynamic: boolean
}

/** Stands for the address of a document that has none. */
const ownAddress = 'json-schema:///'

/** Finds all schemas that a document of any draft names by `$id`, `id` or an anchor. */
export function findForeignTargets(document: JsonSchemaObject): ForeignTargets {
  const bases = new Map<JsonSchemaObject, string>()
  const named = new Map<string, JsonSchema>([[ownAddress, document]])
  let dynamicAnchors = 0
  // Later drafts may have any `id` as an annotation.
  const namesById = typeof document['$schema'] === 'string' && /draft-0[34]/.test(document['$schema'])
  visit(document, ownAddress)

  function visit(schema: JsonSchema, outer: string): void {
    if (!isSchemaObject(schema) || bases.has(schema)) return
    const { $id, id, $anchor, $dynamicAnchor } = schema
    const name = $id ?? (namesById ? id : undefined)
    const uri = typeof name === 'string' ? absolute(name, outer) : outer
    const base = typeof name === 'string' && !name.startsWith('#') ? uri.replace(/#.*$/s, '') : outer
    bases.set(schema, base)
    for (const each of [uri.replace(/#$/, ''), base]) if (!named.has(each)) named.set(each, schema)
    for (const anchor of [$anchor, $dynamicAnchor])
      if (typeof anchor === 'string') named.set(`${base}#${anchor}`, schema)
    if (typeof $dynamicAnchor === 'string') dynamicAnchors += 1
    eachSubschema(upgradeKeywords(schema), (subschema) => visit(subschema, base))
    for (const keyword of ['$defs', 'definitions']) {
      if (isSchemaObject(schema[keyword])) for (const part of Object.values(schema[keyword])) visit(part as never, base)
    }
  }

  function find(reference: string, from: JsonSchemaObject): Target {
    const uri = absolute(reference, bases.get(from) ?? ownAddress)
    const hash = uri.indexOf('#')
    const base = hash === -1 ? uri : uri.slice(0, hash)
    const fragment = hash === -1 ? '' : decode(uri.slice(hash + 1))
    const isPointer = fragment.startsWith('/')
    const found = isPointer
      ? valueAt(named.get(base), fragment)
      : named.get(fragment === '' ? base : `${base}#${fragment}`)
    if (!isJsonSchema(found)) {
      const problem = `the reference ${reference} names no schema in the document. Put what it names into $defs.`
      throw new UnrepresentableSchemaError('JSON Schema', [], problem)
    }
    // It may stand where no keyword of a draft expects a schema.
    visit(found, base)
    const [hint = ''] = pointerSteps(isPointer ? fragment : `/${fragment || base}`).slice(-1)
    return { schema: found, hint: hint || 'shared' }
  }

  return { find, isDynamic: dynamicAnchors > 1 }
}

function absolute(reference: string, base: string): string {
  try {
    return new URL(reference, base).href
  } catch {
    return reference
  }
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
