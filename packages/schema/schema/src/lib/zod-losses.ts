import type { LossNote } from './schema-loss.ts'
import { allSchemas } from './child-schemas.ts'
import { deepEqual } from './foreign/deep-equal.ts'
import type { JsonSchemaObject } from './json-schema.ts'
import type { Direction } from './dialect.ts'
import * as z from 'zod/v4/core'

const wider = (keyword: string, reason: string): LossNote => ({ keyword, reason, effect: 'wider' })
const narrower = (keyword: string, reason: string): LossNote => ({ keyword, reason, effect: 'narrower' })
const different = (keyword: string, reason: string): LossNote => ({ keyword, reason, effect: 'different' })

/** Marks transforms whose form says what they give: those of models. */
const statedOutput = Symbol.for('empire.schema.stated-output')

/** What zod's own JSON Schema form of this one schema, without its children, leaves out or changes. */
export function zodLosses(schema: z.$ZodType, direction: Direction, written: JsonSchemaObject): LossNote[] {
  return [
    ...typeLosses(schema, direction),
    ...checkLosses(schema, direction),
    ...presenceLosses(schema, direction, written),
  ]
}

function typeLosses(schema: z.$ZodType, direction: Direction): LossNote[] {
  const { def } = (schema as z.$ZodTypes)._zod
  const input = direction === 'input'
  switch (def.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return input && def.coerce === true
        ? [narrower('coerce', 'values that coercion would convert are not described')]
        : []
    case 'bigint':
      return [
        different('bigint', 'JSON has no bigints: written as an integer, to be turned into a bigint before validation'),
      ]
    case 'date':
      return [
        different('date', 'JSON has no dates: written as text in ISO 8601, to be turned into a Date before validation'),
      ]
    case 'map':
      return [
        different(
          'map',
          'JSON has no maps: written as an array of [key, value], to be turned into a Map before validation',
        ),
      ]
    case 'set':
      return [
        different(
          'set',
          'JSON has no sets: written as an array of unique items, to be turned into a Set before validation',
        ),
      ]
    case 'file':
      return [different('file', 'JSON has no files: written as binary text, as OpenAPI does')]
    case 'literal':
      return def.values.some((value) => typeof value === 'bigint')
        ? [different('bigint', 'JSON has no bigints: the literal is written as a number')]
        : []
    case 'custom':
      return [wider('custom', 'a check written as code has no JSON Schema form')]
    case 'transform':
      return input || statedOutput in schema
        ? []
        : [wider('transform', 'what a transform returns is not known: pipe it into a schema to state it')]
    case 'pipe':
      return input ? pipeLosses(def) : []
    case 'success':
      return input ? [wider('success', 'what is tried is not described')] : []
    case 'catch':
      if (input) return [narrower('catch', 'values that would be replaced by the caught value are not described')]
      return givesItself(def.innerType, def.catchValue)
        ? []
        : [narrower('catch', 'the caught value does not fit what is described')]
    case 'prefault':
      return input && !takes(def.innerType, () => def.defaultValue)
        ? [wider('prefault', 'the value that stands in for an absent one does not fit: it has to be there')]
        : []
    case 'default':
      return input || givesItself(def.innerType, () => def.defaultValue)
        ? []
        : [narrower('default', 'the default does not fit what is described')]
    default:
      return []
  }
}

/** Whether a value that stands in for another is one that the schema itself would give. */
function givesItself(schema: z.$ZodType, read: z.$ZodCatchDef['catchValue']): boolean {
  return takes(schema, read, deepEqual)
}

/** Whether a schema takes a value that stands in for another, and what it makes of it is as it should be. */
function takes(
  schema: z.$ZodType,
  read: z.$ZodCatchDef['catchValue'],
  isRight: (made: unknown, given: unknown) => boolean = () => true,
): boolean {
  // What is made of the issues is not known before.
  if (read.length > 0) return false
  try {
    const value = read(undefined as never)
    const result = z.safeParse(schema, value)
    return result.success && isRight(result.data, value)
  } catch {
    // It waits for a promise, or cannot be made without issues.
    return false
  }
}

/** Where a value has to be there in the form, and not for the schema. */
function presenceLosses(schema: z.$ZodType, direction: Direction, written: JsonSchemaObject): LossNote[] {
  const { def } = (schema as z.$ZodTypes)._zod
  if (def.type === 'record' && written['required'] !== undefined && mayAcceptAbsence(def.valueType)) {
    return [narrower('required', 'values that may be undefined may be absent: here the keys are required')]
  }
  if (direction === 'output') return []
  const parts =
    def.type === 'object'
      ? ((written['required'] ?? []) as string[]).map((name) => def.shape[name])
      : def.type === 'tuple'
        ? def.items.slice(0, (written['minItems'] as number | undefined) ?? 0)
        : []
  // Transforms and unions with them take what is absent, whatever their type says.
  const absent = parts.some((part) => part !== undefined && takesAbsence(part, def.type === 'tuple'))
  return absent
    ? [narrower('required', 'what a transform would make of an absent value is not described: the value is required')]
    : []
}

const acceptsUndefined: ReadonlySet<string> = new Set([
  'any',
  'unknown',
  'custom',
  'transform',
  'undefined',
  'void',
  'optional',
])

function mayAcceptAbsence(schema: z.$ZodType): boolean {
  return [...allSchemas(schema)].some((each) => acceptsUndefined.has(each._zod.def.type))
}

/** What is caught or preprocessed says so itself. */
function takesAbsence(part: z.$ZodType, inTuple: boolean): boolean {
  const { def, optin } = (part as z.$ZodTypes)._zod
  if (def.type === 'catch' || (def.type === 'pipe' && def.in._zod.traits.has('$ZodTransform'))) return false
  if (optin !== undefined) return true
  return inTuple && mayAcceptAbsence(part)
}

function pipeLosses(def: z.$ZodPipeDef): LossNote[] {
  if (def.in._zod.traits.has('$ZodTransform')) {
    return [different('preprocess', 'values that the preprocessing converts are judged by what they become')]
  }
  if (def.out._zod.traits.has('$ZodTransform')) return []
  return [wider('pipe', 'what is checked after the conversion is not described')]
}

function checkLosses(schema: z.$ZodType, direction: Direction): LossNote[] {
  const losses: LossNote[] = []
  const { def, traits } = schema._zod
  let overwritten = false
  const checks = traits.has('$ZodCheck')
    ? [schema as unknown as z.$ZodCheck, ...(def.checks ?? [])]
    : (def.checks ?? [])
  for (const [index, check] of checks.entries()) {
    const checked = (check as z.$ZodChecks | z.$ZodCustom)._zod.def
    switch (checked.check) {
      case 'custom':
        if (check !== (schema as unknown))
          losses.push(wider('refine', 'a check written as code has no JSON Schema form'))
        break
      case 'property':
        losses.push(wider('property', 'a check of one property has no JSON Schema form'))
        break
      case 'overwrite':
        if (direction === 'output' && index > 0)
          losses.push(
            narrower('overwrite', 'what was checked before the value is changed need not hold of what comes out'),
          )
        overwritten = true
        continue
      case 'string_format':
        if (checked.pattern === undefined) {
          losses.push(wider('format', `the format ${checked.format} is only an annotation in JSON Schema`))
        }
        break
      case 'greater_than':
      case 'less_than':
        if (checked.value instanceof Date)
          losses.push(wider('date', 'the earliest or latest date has no JSON Schema form'))
        break
      default:
        break
    }
    if (overwritten && direction === 'input') {
      losses.push(different('overwrite', 'the text is changed (trimmed, for one) before the checks that follow'))
      overwritten = false
    }
  }
  return losses
}
