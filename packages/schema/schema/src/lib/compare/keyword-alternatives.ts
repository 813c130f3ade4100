import { isJsonSchema, isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import {
  anyArray,
  anyNumber,
  anyObject,
  anyString,
  noExtras,
  scalars,
  type Alternative,
  type ArrayAlternative,
  type ArrayShape,
  type NumberAlternative,
  type ObjectAlternative,
  type ObjectShape,
  type Scalar,
  type StringAlternative,
} from './alternative.ts'
import { higherBound, lowerBound, type Bound } from './bound.ts'
import { conjoin } from './conjoin.ts'
import { anything, conjunction, createNode, nothing, type Node } from './node.ts'
import { toRegExp } from '../foreign/to-reg-exp.ts'

type Child = (schema: JsonSchema) => Node

/** What `type`, `enum`, `const` and the keywords of each type say together, without those that combine schemas. */
export function keywordAlternatives(words: JsonSchemaObject, child: Child): readonly Alternative[] {
  const typed = typedAlternatives(words, child)
  let alternatives = typed
  for (const values of valueLists(words)) {
    const literals = literalAlternatives(values)
    alternatives = alternatives.flatMap((each) => literals.flatMap((literal) => conjoin(each, literal) ?? []))
  }
  return alternatives
}

function valueLists(words: JsonSchemaObject): unknown[][] {
  const lists: unknown[][] = []
  if (Array.isArray(words['enum'])) lists.push(words['enum'] as unknown[])
  if ('const' in words) lists.push([words['const']])
  return lists
}

function typedAlternatives(words: JsonSchemaObject, child: Child): Alternative[] {
  const { type } = words
  const types = new Set<unknown>([type].flat())
  const may = (name: string): boolean => type === undefined || types.has(name)
  const simple: Scalar[] = [...(may('null') ? [null] : []), ...(may('boolean') ? [true, false] : [])]
  return [
    ...(simple.length === 0 ? [] : [scalars(simple)]),
    ...(may('number') || types.has('integer') ? [numbers(words, !may('number'))] : []),
    ...(may('string') ? [strings(words)] : []),
    ...(may('array') ? [arrays(words, child)] : []),
    ...(may('object') ? [objects(words, child)] : []),
  ]
}

function numbers(words: JsonSchemaObject, integer: boolean): NumberAlternative {
  const { multipleOf } = words
  const lower = bounds(words, 'minimum', 'exclusiveMinimum')
  const upper = bounds(words, 'maximum', 'exclusiveMaximum')
  return {
    ...anyNumber,
    integer,
    lower: lower.reduce(higherBound, anyNumber.lower),
    upper: upper.reduce(lowerBound, anyNumber.upper),
    divisors: typeof multipleOf === 'number' ? [multipleOf] : [],
  }
}

function bounds(words: JsonSchemaObject, inclusive: string, exclusive: string): Bound[] {
  return [inclusive, exclusive].flatMap((keyword) => {
    const value = words[keyword]
    return typeof value === 'number' ? [{ value, exclusive: keyword === exclusive }] : []
  })
}

function strings(words: JsonSchemaObject): StringAlternative {
  const { pattern, format } = words
  return {
    ...anyString,
    ...limits(words, 'minLength', 'maxLength'),
    patterns: typeof pattern === 'string' && !trivialPatterns.has(pattern) ? [pattern] : [],
    formats: typeof format === 'string' ? [format] : [],
  }
}

/** Patterns that every text matches. */
const trivialPatterns: ReadonlySet<string> = new Set(['', '.*', '^', '^.*', '$'])

function limits(words: JsonSchemaObject, least: string, most: string): { minimum: number; maximum: number } {
  const { [least]: minimum, [most]: maximum } = words
  return {
    minimum: typeof minimum === 'number' ? minimum : 0,
    maximum: typeof maximum === 'number' ? maximum : Infinity,
  }
}

function arrays(words: JsonSchemaObject, child: Child): ArrayAlternative {
  const { prefixItems, items, contains, minContains, maxContains } = words
  const prefix = Array.isArray(prefixItems) ? prefixItems.filter(isJsonSchema).map(child) : []
  const rest = isJsonSchema(items) ? child(items) : anything
  const shapes: ArrayShape[] = prefix.length === 0 && rest === anything ? [] : [{ prefix, rest }]
  const minimum = typeof minContains === 'number' ? minContains : 1
  const maximum = typeof maxContains === 'number' ? maxContains : Infinity
  return {
    ...anyArray,
    ...limits(words, 'minItems', 'maxItems'),
    unique: words['uniqueItems'] === true,
    shapes,
    containing: isJsonSchema(contains) ? [{ node: child(contains), minimum, maximum }] : [],
  }
}

function objects(words: JsonSchemaObject, child: Child): ObjectAlternative {
  const { required, propertyNames } = words
  return {
    ...anyObject,
    ...limits(words, 'minProperties', 'maxProperties'),
    required: new Set(Array.isArray(required) ? (required as string[]) : []),
    shapes: objectShapes(words, child),
    names: isJsonSchema(propertyNames) ? conjunction([child(propertyNames)]) : [],
    dependents: dependentsOf(words, child),
  }
}

function objectShapes(words: JsonSchemaObject, child: Child): ObjectShape[] {
  const { additionalProperties } = words
  const properties = entriesOf(words['properties']).map(([name, schema]): [string, Node] => [name, child(schema)])
  const patterns = entriesOf(words['patternProperties'])
  const rest = isJsonSchema(additionalProperties) ? child(additionalProperties) : anything
  if (properties.length + patterns.length === 0 && rest === anything) return []
  return [
    {
      properties: new Map(properties),
      patterns: patterns.map(([source, schema]) => ({
        source,
        expression: toRegExp(source),
        node: child(schema),
      })),
      rest,
    },
  ]
}

function dependentsOf(words: JsonSchemaObject, child: Child): ObjectAlternative['dependents'] {
  const required = isSchemaObject(words['dependentRequired']) ? Object.entries(words['dependentRequired']) : []
  const dependencies = isSchemaObject(words['dependencies']) ? Object.entries(words['dependencies']) : []
  return [
    ...required
      .filter(([, names]) => Array.isArray(names) && names.length > 0)
      .map(([name, names]) => ({ name, node: requiring(names) })),
    ...entriesOf(words['dependentSchemas']).map(([name, schema]) => ({ name, node: child(schema) })),
    ...dependencies.map(([name, dependency]) => ({
      name,
      node: Array.isArray(dependency) ? requiring(dependency) : child(dependency as JsonSchema),
    })),
  ]
}

function requiring(names: unknown): Node {
  return createNode({ type: 'object', required: names })
}

function entriesOf(schemas: unknown): [string, JsonSchema][] {
  if (!isSchemaObject(schemas)) return []
  return Object.entries(schemas).filter((entry): entry is [string, JsonSchema] => isJsonSchema(entry[1]))
}

/** The values of an `enum`: scalars together, and each array or object as the closed schema that only it fits. */
function literalAlternatives(values: readonly unknown[]): Alternative[] {
  const simple = values.filter((value): value is Scalar => typeof value !== 'object' || value === null)
  const others = values.filter((value): value is object => typeof value === 'object' && value !== null)
  return [...(simple.length === 0 ? [] : [scalars(simple)]), ...others.map(structureAlternative)]
}

function structureAlternative(value: object): Alternative {
  if (Array.isArray(value)) {
    const prefix = value.map((item: unknown) => createNode({ const: item }))
    return {
      ...anyArray,
      minimum: value.length,
      maximum: value.length,
      shapes: [{ prefix, rest: nothing }],
      ...noExtras,
    }
  }
  const properties = Object.entries(value).map(([name, item]): [string, Node] => [
    name,
    createNode({ const: item as unknown }),
  ])
  return {
    ...anyObject,
    required: new Set(properties.map(([name]) => name)),
    shapes: [{ properties: new Map(properties), patterns: [], rest: nothing }],
    ...noExtras,
  }
}
