import { z } from 'zod'
import { coerceValue } from './coerce-value.ts'
import type { Computed } from './computed.ts'
import { setFieldNames } from './field-names.ts'
import { findProblems } from './find-problems.ts'
import { addFinding, problemsIn } from './finding.ts'
import { freezePlain, isPlain } from './freeze-plain.ts'
import type { PreparedField } from './model-fields.ts'
import type { ModelOptions, UnknownKeys } from './model-options.ts'
import { toZod } from './to-zod.ts'
import { internalsOf } from './zod-parts.ts'
import { parseNow } from './parse-now.ts'

type Members = Record<string, unknown>

/** The parts of a model's schema. */
export interface ModelSchema {
  /** From data of outside to an instance. */
  readonly schema: z.ZodType
  /** Runs the checks of the whole on checked fields; gives whether all have passed, and adds what they have found. */
  judge(values: Members, context: z.core.$RefinementCtx): boolean
  /** Makes the instance of fields that have passed. */
  finish(values: Members, context: z.core.$RefinementCtx): unknown
}

export function buildSchema(name: string, fields: readonly PreparedField[], options: ModelOptions): ModelSchema {
  const { unknownKeys = 'ignore', coercion = 'none', checks = [], computed = {}, description } = options
  const extras = Object.entries(computed as Readonly<Record<string, Computed>>).map(([key, { schema, compute }]) => {
    if (key === '__proto__' || fields.some((field) => field.name === key || field.key === key)) {
      throw new TypeError(`defineModel: "computed.${key}" must be a name that no field has.`)
    }
    return { key, compute, schema: toZod(schema, `defineModel: "computed.${key}"`) }
  })
  const names = new Set(fields.map((field) => field.name))
  const keys = new Set(fields.map((field) => field.key))
  const computedKeys = new Set(extras.map(({ key }) => key))
  const renamed = fields.filter((field) => field.key !== field.name && !keys.has(field.name))

  const shape = Object.fromEntries(fields.map(({ key, schema }) => [key, schema]))
  const object = objectOf(shape, unknownKeys)
  // A refinement, not a part of the transform, so that it is seen by whoever reads the schema.
  const wire =
    checks.length === 0 ? object : object.superRefine((value, context) => void judge(toInstance(value), context))
  const fieldNames = new Map(renamed.map((field) => [field.key, field.name]))
  for (const part of [object, wire]) setFieldNames(part, fieldNames)
  const built = representAs(
    wire.transform((value, context) => finish(toInstance(value), context)),
    () => wire,
    () => objectOf(instanceShape(), unknownKeys),
  )
  // zod reads what is inherited as well: to it, every object has a `constructor`.
  const hasInherited = [...keys].some((key) => key in Object.prototype)
  const needsPreparing = renamed.length > 0 || extras.length > 0 || coercion === 'safe' || hasInherited
  const whole = needsPreparing ? discriminableAs(z.preprocess(prepare, built), wire) : built
  return {
    schema: whole.meta({ title: name, ...(description === undefined ? {} : { description }) }),
    judge,
    finish,
  }

  function instanceShape(): Record<string, z.ZodType> {
    const members = [...fields, ...extras.map(({ key, schema }) => ({ name: key, schema }))]
    return Object.fromEntries(members.map((member) => [member.name, member.schema]))
  }

  /** Brings names to their keys, takes computed fields out, coerces. Gives the same object where there is nothing to do. */
  function prepare(value: unknown): unknown {
    if (!isPlain(value) || Array.isArray(value)) return value
    let members = value as Members
    const misnamed = renamed.filter((field) => Object.hasOwn(members, field.name) && !Object.hasOwn(members, field.key))
    if (misnamed.length > 0 || extras.some(({ key }) => Object.hasOwn(members, key))) {
      const newKeys = new Map(misnamed.map((field) => [field.name, field.key]))
      const kept = Object.entries(members).filter(([key]) => !computedKeys.has(key))
      members = Object.fromEntries(kept.map(([key, inner]) => [newKeys.get(key) ?? key, inner]))
    }
    const coerced = coercion === 'safe' ? coerceValue(wire, members) : members
    return hasInherited ? Object.assign(Object.create(null), coerced) : coerced
  }

  /** The members under the names of their fields; what is `undefined` is as good as absent. */
  function toInstance(value: Members): Members {
    const made: Members = {}
    for (const { name: field, key } of fields) {
      const inner = Object.hasOwn(value, key) ? value[key] : undefined
      if (inner !== undefined) made[field] = inner
    }
    if (unknownKeys !== 'allow') return made
    const others = Object.entries(value).filter(([key]) => !keys.has(key) && !names.has(key) && key !== '__proto__')
    return Object.assign(made, Object.fromEntries(others))
  }

  /** Whether all checks of the whole have passed; adds what they have found. */
  function judge(values: Members, context: z.core.$RefinementCtx): boolean {
    const frozen = freezePlain(values)
    const found = checks.flatMap((check) => problemsIn(check(frozen as never), `a valid ${name}`))
    for (const { message, path } of found) addFinding(context, { message, path: path.map(toKey) })
    return found.length === 0
  }

  /** The key in data of a field's name, where a path begins with one. */
  function toKey(segment: PropertyKey, index: number): PropertyKey {
    return index === 0 ? (fields.find((field) => field.name === segment)?.key ?? segment) : segment
  }

  function finish(values: Members, context: z.core.$RefinementCtx): unknown {
    if (extras.length === 0) return freezePlain(values)
    const members: Members = { ...values }
    let sound = true
    for (const { key, schema, compute } of extras) {
      const value = compute(freezePlain(members) as never)
      const result = parseNow(schema, value, `defineModel: the schema of "computed.${key}"`)
      if (result.success) members[key] = result.data
      else {
        sound = false
        for (const { keys: path, expected, received } of findProblems(schema, value, result.error.issues)) {
          addFinding(context, { message: `to be worked out as ${expected}`, path: [key, ...path], received })
        }
      }
    }
    return sound ? freezePlain(members) : z.NEVER
  }
}

function objectOf(shape: Readonly<Record<string, z.ZodType>>, unknownKeys: UnknownKeys): z.ZodObject {
  if (unknownKeys === 'ignore') return z.object(shape)
  return unknownKeys === 'forbid' ? z.strictObject(shape) : z.looseObject(shape)
}

/** Lets JSON Schema show what goes in as `input` and what comes out as `output`: zod knows no form for a transform. */
function representAs(schema: z.ZodType, input: () => z.ZodType, output: () => z.ZodType): z.ZodType {
  const internals = internalsOf(schema)
  internals.processJSONSchema = (context, _json, parameters) => {
    const shown = (context.io === 'input' ? input : output)()
    z.core.process(shown, context, parameters)
    const seen = context.seen.get(schema)
    if (seen !== undefined) seen.ref = shown
  }
  return schema
}

/**
 * Lets unions find the model by the literals of its fields, through what comes before them. They ask the first part of a
 * pipe, which copies of the schema keep.
 */
function discriminableAs(schema: z.ZodPipe, fields: z.ZodType): z.ZodType {
  const first = internalsOf(internalsOf(schema).def.in)
  Object.defineProperty(first, 'propValues', { get: () => internalsOf(fields).propValues, configurable: true })
  return schema
}
