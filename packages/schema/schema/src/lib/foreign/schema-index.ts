import { pointerSteps, pointerTo } from '../json-pointer.ts'
import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { deepEqual } from './deep-equal.ts'
import { draftNamed, type Draft } from './draft.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import { eachSubschemaOf } from './subschemas-of-draft.ts'

/** Stands for the address of a document that has none. */
export const ownAddress = 'json-schema:///'

/** A part of a document with an address of its own: a document, or an embedded schema with an `$id`. */
export interface SchemaResource extends Language {
  readonly uri: string
  readonly root: JsonSchema
  readonly anchors: Map<string, JsonSchemaObject>
  readonly dynamicAnchors: Map<string, JsonSchemaObject>
}

/** Where a schema stands: in which resource, and at which pointer of it. */
export interface SchemaPlace {
  readonly resource: SchemaResource
  readonly pointer: string
}

/** A reference that was found, and has to lead somewhere. */
export interface FoundReference {
  readonly uri: string
  readonly location: string
  readonly draft: Draft
}

/** What a metaschema makes of a draft. */
export interface Language {
  readonly draft: Draft
  /** Groups of keywords that the metaschema turns off, by the last step of their vocabulary's URI. */
  readonly disabled: ReadonlySet<string>
  /** Whether every `format` has to be checked. Default: `false`. */
  readonly assertsFormats?: boolean
}

/** All schemas of the documents that one validator is built of, by their addresses. Nothing outlives the building. */
export interface SchemaIndex {
  readonly resources: ReadonlyMap<string, SchemaResource>
  readonly references: FoundReference[]
  readonly place: (schema: JsonSchemaObject) => SchemaPlace
  readonly has: (schema: JsonSchemaObject) => boolean
  readonly schemas: () => Iterable<JsonSchemaObject>
  /** Adds a document under the address it was asked for by. */
  readonly add: (document: JsonSchema, uri: string, language: Language) => void
  /** The schema that an absolute reference names; `undefined` if its document is not here, or holds none there. */
  readonly find: (uri: string) => JsonSchema | undefined
}

/** @param languageOf The language that a `$schema` other than the drafts' own names, if it is known. */
export function createSchemaIndex(languageOf: (uri: string) => Language | undefined): SchemaIndex {
  const resources = new Map<string, SchemaResource>()
  /** The addresses that the document at hand gives to its parts. */
  let taken = new Set<string>()
  const places = new Map<JsonSchemaObject, SchemaPlace>()
  const references: FoundReference[] = []

  function enter(
    schema: JsonSchema,
    uri: string,
    { draft, disabled, assertsFormats = false }: Language,
  ): SchemaResource {
    const resource: SchemaResource = {
      uri,
      root: schema,
      draft,
      disabled,
      assertsFormats,
      anchors: new Map(),
      dynamicAnchors: new Map(),
    }
    if (!resources.has(uri)) resources.set(uri, resource)
    return resource
  }

  function visit(schema: JsonSchema, resource: SchemaResource, pointer: string): void {
    if (!isSchemaObject(schema) || places.has(schema)) return
    const { $id, $schema } = schema
    const location = locationOf(resource, pointer)
    let inside = resource
    let at = pointer
    const old = resource.draft === 'draft-07'
    // Until draft-07 nothing stands beside a reference.
    if (typeof $id === 'string' && !(old && '$ref' in schema)) {
      const uri = resolveUri($id, resource.uri, location)
      const [address, fragment] = splitFragment(uri)
      if (fragment !== '' && !old) {
        throw new InvalidJsonSchemaError(location, `"$id" must not have a fragment, got ${JSON.stringify($id)}.`)
      }
      if (fragment !== '') addAnchor(resource.anchors, fragment, schema, location)
      if (!$id.startsWith('#') && !(pointer === '' && address === resource.uri)) {
        // The language of a whole document has been settled by whoever added it.
        const language = pointer !== '' && typeof $schema === 'string' ? (known($schema) ?? resource) : resource
        if (taken.has(address) && !deepEqual(resources.get(address)?.root, schema)) {
          throw new InvalidJsonSchemaError(
            location,
            `another schema of the document has the "$id" ${JSON.stringify($id)}.`,
          )
        }
        taken.add(address)
        inside = enter(schema, address, language)
        at = ''
      }
    }
    places.set(schema, { resource: inside, pointer: at })
    addAnchors(schema, inside, location)
    for (const keyword of referenceKeywords[inside.draft]) {
      const reference = schema[keyword]
      if (typeof reference !== 'string') continue
      references.push({ uri: resolveUri(reference, inside.uri, location), location, draft: inside.draft })
    }
    eachSubschemaOf(inside.draft, schema, (subschema, steps) => visit(subschema, inside, pointerTo(at, ...steps)))
  }

  function known(uri: string): Language | undefined {
    const draft = draftNamed(uri)
    return draft === undefined ? languageOf(uri) : { draft, disabled: new Set() }
  }

  function find(uri: string): JsonSchema | undefined {
    const [address, fragment] = splitFragment(uri)
    const resource = resources.get(address)
    if (resource === undefined) return undefined
    if (fragment === '') return resource.root
    const name = decoded(fragment)
    if (name.startsWith('/')) return follow(resource, name)
    // A document that was asked for by one address may name itself by another: its anchors are there.
    const { anchors, dynamicAnchors } = isSchemaObject(resource.root)
      ? (places.get(resource.root)?.resource ?? resource)
      : resource
    return anchors.get(name) ?? dynamicAnchors.get(name)
  }

  /** Steps on the way may enter resources of their own, and may lie where the draft expects no schema. */
  function follow(resource: SchemaResource, pointer: string): JsonSchema | undefined {
    let value: unknown = resource.root
    let inside = resource
    let at = ''
    for (const step of pointerSteps(pointer)) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
      if (isSchemaObject(value)) {
        const place = places.get(value)
        if (place !== undefined) {
          inside = place.resource
          at = place.pointer
        }
      }
      value = (value as Record<string, unknown>)[step]
      at = pointerTo(at, step)
    }
    if (!isJsonSchema(value)) return undefined
    visit(value, inside, at)
    return value
  }

  return {
    resources,
    references,
    find,
    has: (schema) => places.has(schema),
    schemas: () => places.keys(),
    place: (schema) => {
      const place = places.get(schema)
      if (place === undefined) throw new TypeError('"schema" must be indexed before it is compiled.')
      return place
    },
    add: (document, uri, language) => {
      taken = new Set([uri])
      const resource = enter(document, uri, language)
      visit(document, resource, '')
    },
  }
}

function addAnchors(schema: JsonSchemaObject, resource: SchemaResource, location: string): void {
  if (resource.draft === 'draft-07') return
  const { $anchor, $dynamicAnchor } = schema
  if (typeof $anchor === 'string') addAnchor(resource.anchors, $anchor, schema, location)
  if (resource.draft === '2020-12' && typeof $dynamicAnchor === 'string') {
    addAnchor(resource.dynamicAnchors, $dynamicAnchor, schema, location)
  }
}

function addAnchor(
  anchors: Map<string, JsonSchemaObject>,
  name: string,
  schema: JsonSchemaObject,
  location: string,
): void {
  const other = anchors.get(name)
  if (other !== undefined && !deepEqual(other, schema)) {
    throw new InvalidJsonSchemaError(location, `another schema has the anchor ${JSON.stringify(name)}.`)
  }
  anchors.set(name, schema)
}

const referenceKeywords: Readonly<Record<Draft, readonly string[]>> = {
  'draft-07': ['$ref'],
  '2019-09': ['$ref', '$recursiveRef'],
  '2020-12': ['$ref', '$dynamicRef'],
}

/** An absolute address, without losing a fragment. */
export function resolveUri(reference: string, base: string, location: string): string {
  try {
    return new URL(reference, base).href
  } catch (cause) {
    throw new InvalidJsonSchemaError(location, `${JSON.stringify(reference)} is not a reference.`, cause)
  }
}

export function splitFragment(uri: string): [address: string, fragment: string] {
  const hash = uri.indexOf('#')
  return hash === -1 ? [uri, ''] : [uri.slice(0, hash), uri.slice(hash + 1)]
}

/** How messages and issues name a place: by its address, if the document has one, and a pointer. */
export function locationOf(resource: SchemaResource, pointer: string): string {
  return `${resource.uri.startsWith(ownAddress) ? resource.uri.slice(ownAddress.length) : resource.uri}#${pointer}`
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
