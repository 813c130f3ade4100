import * as z from 'zod'
import type { Direction } from './dialect.ts'
import type { JsonSchemaObject } from './json-schema.ts'
import { portablePattern } from './portable-pattern.ts'
import { notesKey, notesOf } from './schema-notes.ts'
import type { LossNote } from './schema-loss.ts'
import { stepInto, subschemaShape } from './subschema-shape.ts'
import { isAboutStack } from './too-deep.ts'
import { UnrepresentableSchemaError } from './unrepresentable-schema-error.ts'

type Path = readonly (string | number)[]
type ReferTo = (type: z.core.$ZodMap | z.core.$ZodSet, path: Path) => JsonSchemaObject

/** What is to be noted on the form of a schema, which is `written` as it is so far. */
export type NotesFor = (schema: z.core.$ZodType, direction: Direction, written: JsonSchemaObject) => readonly LossNote[]

/** zod's own draft 2020-12 form, with a form for what zod refuses, and with the losses of each schema noted on it. */
export function zodToJsonSchema(
  root: z.core.$ZodType,
  direction: Direction,
  base: Path,
  referTo: ReferTo,
  notesFor: NotesFor,
): JsonSchemaObject {
  try {
    return z.toJSONSchema(root, {
      target: 'draft-2020-12',
      io: direction,
      reused: 'ref',
      cycles: 'ref',
      unrepresentable: ({ zodSchema, path, message }) =>
        formOf(
          zodSchema as z.core.$ZodTypes,
          [...base, ...valuePath(path)],
          referTo,
          message,
        ) as z.core.JSONSchema.BaseSchema,
      override: ({ zodSchema, jsonSchema }) => {
        const schema = jsonSchema as Record<string, unknown>
        const notes = [...notesFor(zodSchema, direction, schema), ...portPatterns(zodSchema, schema)]
        dropUnwritable(zodSchema, schema, direction)
        // zod folds intersections of plain objects itself, and trips over properties named like those of every object: a keyword
        // that it does not know keeps it from that.
        if (notes.length > 0 || schema['type'] === 'object') schema[notesKey] = [...notesOf(schema), ...notes]
      },
    }) as JsonSchemaObject
  } catch (error) {
    if (error instanceof UnrepresentableSchemaError || isAboutStack(error)) throw error
    const problem = `${error instanceof Error ? error.message : String(error)}.`
    throw new UnrepresentableSchemaError('JSON Schema', base, problem, error)
  }
}

/** The form of a schema that zod has none for. */
function formOf(schema: z.core.$ZodTypes, path: Path, referTo: ReferTo, message: string): JsonSchemaObject {
  const { def } = schema._zod
  switch (def.type) {
    case 'date':
      return { type: 'string', format: 'date-time' }
    case 'bigint':
      return { type: 'integer', ...bigintBounds(schema) }
    case 'map':
    case 'set':
      return referTo(schema as z.core.$ZodMap | z.core.$ZodSet, path)
    case 'undefined':
    case 'void':
      return { not: {} }
    case 'custom':
    case 'transform':
      // Listed as a loss beside it: any value passes here, and validation decides.
      return {}
    case 'literal':
      return literalForm(def.values)
    case 'default':
    case 'prefault':
    case 'catch':
      return {}
    default:
      throw new UnrepresentableSchemaError('JSON Schema', path, `${message}. Use a schema whose values JSON can carry.`)
  }
}

function bigintBounds(schema: z.core.$ZodType): JsonSchemaObject {
  const bounds: Record<string, number> = {}
  for (const check of schema._zod.def.checks ?? []) {
    const { def } = (check as z.core.$ZodChecks)._zod
    if (def.check === 'greater_than') bounds[def.inclusive ? 'minimum' : 'exclusiveMinimum'] = Number(def.value)
    else if (def.check === 'less_than') bounds[def.inclusive ? 'maximum' : 'exclusiveMaximum'] = Number(def.value)
    else if (def.check === 'multiple_of') bounds['multipleOf'] = Number(def.value)
  }
  return bounds
}

function literalForm(values: readonly unknown[]): JsonSchemaObject {
  const written = values
    .filter((value) => value !== undefined)
    .map((value) => (typeof value === 'bigint' ? Number(value) : value))
  if (written.length === 0) return { not: {} }
  return written.length === 1 ? { const: written[0] } : { enum: written }
}

/** Drops the patterns of a string that would match something else without their flags. */
function portPatterns(schema: z.core.$ZodType, json: Record<string, unknown>): LossNote[] {
  if (schema._zod.def.type !== 'string') return []
  const notes: LossNote[] = []
  // What zod checks is more than these patterns match: addresses that end like one of IPv4.
  if (json['format'] === 'ipv6' || json['format'] === 'cidrv6') {
    delete json['pattern']
    notes.push({
      keyword: 'format',
      reason: `the format ${json['format']} is only an annotation in JSON Schema`,
      effect: 'wider',
    })
  }
  for (const check of [schema, ...(schema._zod.def.checks ?? [])]) {
    const { pattern } = check._zod.def as { pattern?: RegExp }
    if (pattern === undefined || portablePattern(pattern) !== undefined) continue
    if (json['pattern'] === pattern.source) delete json['pattern']
    const { allOf } = json
    if (Array.isArray(allOf)) {
      const left = (allOf as JsonSchemaObject[]).filter((part) => part['pattern'] !== pattern.source)
      if (left.length === 0) delete json['allOf']
      else json['allOf'] = left
    }
    notes.push({
      keyword: 'pattern',
      reason: `${String(pattern)} means something else without its flags`,
      effect: 'wider',
    })
  }
  return notes
}

/** Names of checks that zod writes as formats. */
const internalFormats: ReadonlySet<unknown> = new Set([
  'starts_with',
  'ends_with',
  'includes',
  'lowercase',
  'uppercase',
])

/** zod writes the caught value as a default, even if JSON has no form for it. */
function dropUnwritable(schema: z.core.$ZodType, json: Record<string, unknown>, direction: Direction): void {
  if (internalFormats.has(json['format'])) delete json['format']
  if (schema._zod.def.type === 'success' && direction === 'input') {
    for (const keyword of Object.keys(json)) delete json[keyword]
  }
  if (!('default' in json)) return
  const { defaultValue } = schema._zod.def as { defaultValue?: unknown }
  // As the schema itself is written: as a list.
  if (defaultValue instanceof Map || defaultValue instanceof Set) json['default'] = [...defaultValue]
  try {
    if (JSON.stringify(json['default']) === undefined) delete json['default']
  } catch {
    // Circular, or a bigint: no JSON either.
    delete json['default']
  }
}

/** The place in the value that a place in the schema is about. */
function valuePath(schemaPath: readonly (string | number)[]): (string | number)[] {
  const path: (string | number)[] = []
  for (let index = 0; index < schemaPath.length; index += 1) {
    const keyword = String(schemaPath[index])
    const shape = subschemaShape(keyword)
    const key = shape === 'schema' ? undefined : schemaPath[index + 1]
    path.push(...stepInto(keyword, key))
    if (shape !== 'schema') index += 1
  }
  return path
}
