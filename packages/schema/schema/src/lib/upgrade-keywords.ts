import { isSchemaObject, type JsonSchemaObject } from './json-schema.ts'
import { nullable } from './nullable-form.ts'
import { notesKey } from './schema-notes.ts'

/** What names, bases and languages say has been dealt with; definitions are taken up where they are referred to. */
const structural = [
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$vocabulary',
  '$defs',
  'definitions',
  // A document has no say in our own notes.
  notesKey,
]

/** One schema's keywords of older drafts, and of OpenAPI 3.0, in the words of draft 2020-12. Its subschemas stay as they are. */
export function upgradeKeywords(schema: JsonSchemaObject): JsonSchemaObject {
  const { dependencies, additionalItems, nullable: mayBeNull, example, ...rest } = schema
  const upgraded: Record<string, unknown> = { ...rest }
  for (const keyword of structural) if (keyword !== 'id' || typeof upgraded['id'] === 'string') delete upgraded[keyword]
  if (Array.isArray(upgraded['items'])) {
    upgraded['prefixItems'] = upgraded['items']
    if (additionalItems === undefined) delete upgraded['items']
    else upgraded['items'] = additionalItems
  }
  if (isSchemaObject(dependencies)) Object.assign(upgraded, splitDependencies(dependencies))
  upgradeBound(upgraded, 'minimum', 'exclusiveMinimum')
  upgradeBound(upgraded, 'maximum', 'exclusiveMaximum')
  if (example !== undefined && upgraded['examples'] === undefined) upgraded['examples'] = [example]
  return mayBeNull === true && upgraded['type'] !== undefined ? nullable(upgraded) : upgraded
}

function splitDependencies(dependencies: JsonSchemaObject): JsonSchemaObject {
  const required = Object.entries(dependencies).filter(([, value]) => Array.isArray(value))
  const schemas = Object.entries(dependencies).filter(([, value]) => !Array.isArray(value))
  return {
    ...(required.length === 0 ? {} : { dependentRequired: Object.fromEntries(required) as unknown }),
    ...(schemas.length === 0 ? {} : { dependentSchemas: Object.fromEntries(schemas) as unknown }),
  }
}

/** In draft-04 the exclusive bounds were flags of the others. */
function upgradeBound(schema: Record<string, unknown>, bound: string, exclusive: string): void {
  if (typeof schema[exclusive] !== 'boolean') return
  if (schema[exclusive] === true && schema[bound] !== undefined) {
    schema[exclusive] = schema[bound]
    delete schema[bound]
  } else delete schema[exclusive]
}
