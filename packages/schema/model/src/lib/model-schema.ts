import { z } from 'zod'
import { coerceValue } from './coerce-value.ts'
import { compileLater } from './compile-later.ts'
import type { Computed } from './computed.ts'
import { createFieldReader } from './create-field-reader.ts'
import { createCheckNow } from './create-check-now.ts'
import { setFieldNames } from './field-names.ts'
import { findProblems } from './find-problems.ts'
import { addFinding, type FindingContext, problemsIn } from './finding.ts'
import { freezeInstance, freezePlain, isInstanceOf, isPlain } from './freeze-plain.ts'
import { isAboutWaiting } from './is-about-waiting.ts'
import type { PreparedField } from './model-fields.ts'
import type { ModelOptions, UnknownKeys } from './model-options.ts'
import { discriminableAs, givingOut } from './schema-seen-as.ts'
import { toZod } from './to-zod.ts'

type Members = Record<string, unknown>

/** The schema of a model, and the shorter ways around it. */
export interface ModelSchema {
  /** From data of outside to an instance. */
  readonly schema: z.ZodType
  /** The same for data that fits and waits for nothing; gives `undefined` for any other, and while too little was checked yet. */
  make(data: unknown): unknown
  /** The instance of checked and frozen fields, which it takes over; adds what checks and computed fields find wrong, and gives `undefined`. */
  complete(fields: Members, context: FindingContext): unknown
  /** Whether an object is an instance that was made here. */
  isInstance(value: object): boolean
}

export function buildSchema(name: string, fields: readonly PreparedField[], options: ModelOptions): ModelSchema {
  const { unknownKeys = 'ignore', coercion = 'none', checks = [], computed = {}, description } = options
  const extras = Object.entries(computed as Readonly<Record<string, Computed>>).map(([key, { schema, compute }]) => {
    if (key === '__proto__' || fields.some((field) => field.name === key || field.key === key)) {
      throw new TypeError(`defineModel: "computed.${key}" must be a name that no field has.`)
    }
    const given = toZod(schema, `defineModel: "computed.${key}"`)
    return { key, compute, schema: given, check: createCheckNow(given, `defineModel: the schema of "computed.${key}"`) }
  })
  const keys = new Set(fields.map((field) => field.key))
  const computedKeys = new Set(extras.map(({ key }) => key))
  const renamed = fields.filter((field) => field.key !== field.name && !keys.has(field.name))

  const { toFields, takeFields } = createFieldReader(fields, unknownKeys)
  const shape = Object.fromEntries(fields.map(({ key, schema }) => [key, schema]))
  const object = objectOf(shape, unknownKeys)
  // A refinement, not a part of the transform, so that it is seen by whoever reads the schema.
  const wire =
    checks.length === 0 ? object : object.superRefine((value, context) => void judge(toFields(value), context))
  const fieldNames = new Map(renamed.map((field) => [field.key, field.name]))
  for (const part of [object, wire]) setFieldNames(part, fieldNames)
  const built = givingOut(
    wire.transform((value, context) => finish(toFields(value), context) ?? z.NEVER),
    () => objectOf(instanceShape(), unknownKeys),
  )
  // zod reads what is inherited as well: to it, every object has a `constructor`.
  const hasInherited = [...keys].some((key) => key in Object.prototype)
  const needsPreparing = renamed.length > 0 || extras.length > 0 || coercion === 'safe' || hasInherited
  const whole = needsPreparing ? discriminableAs(z.preprocess(prepare, built), wire) : built
  const checked = compileLater(object)
  let waits = false

  return {
    schema: whole.meta({ title: name, ...(description === undefined ? {} : { description }) }),
    isInstance: (value) => isInstanceOf(value, object),
    complete: (values, context) => (judge(values, context) ? finish(values, context) : undefined),
    make(data) {
      if (waits) return undefined
      const compiled = checked()
      if (compiled.mode === 'interpreted') return undefined
      try {
        const verdict = compiled.check(needsPreparing ? prepare(data) : data)
        if (!verdict.ok) return undefined
        const values = takeFields(verdict.value as Members)
        return judge(values, deaf) ? finish(values, deaf) : undefined
      } catch (error) {
        waits = isAboutWaiting(error)
        if (!waits) throw error
        return undefined
      }
    },
  }

  function instanceShape(): Record<string, z.ZodType> {
    const members = [...fields, ...extras.map(({ key, schema }) => ({ name: key, schema }))]
    return Object.fromEntries(members.map((member) => [member.name, member.schema]))
  }

  /** Brings names to their keys, takes computed fields out, coerces. Gives the same object where there is nothing to do. */
  function prepare(value: unknown): unknown {
    if (!isPlain(value) || Array.isArray(value)) return value
    let members = value as Members
    const isMisnamed = renamed.some((field) => Object.hasOwn(members, field.name) && !Object.hasOwn(members, field.key))
    if (isMisnamed || extras.some(({ key }) => Object.hasOwn(members, key))) {
      const misnamed = renamed.filter((field) => !Object.hasOwn(members, field.key))
      const newKeys = new Map(misnamed.map((field) => [field.name, field.key]))
      const kept = Object.entries(members).filter(([key]) => !computedKeys.has(key))
      members = Object.fromEntries(kept.map(([key, inner]) => [newKeys.get(key) ?? key, inner]))
    }
    const coerced = coercion === 'safe' ? coerceValue(wire, members) : members
    return hasInherited ? Object.assign(Object.create(null), coerced) : coerced
  }

  /** Whether all checks of the whole have passed; adds what they have found. */
  function judge(values: Members, context: FindingContext): boolean {
    if (checks.length === 0) return true
    const shown = frozenCopy(values)
    const found = checks.flatMap((check) => problemsIn(check(shown as never), `a valid ${name}`))
    for (const { message, path } of found) addFinding(context, { message, path: path.map(toKey) })
    return found.length === 0
  }

  /** The key in data of a field's name, where a path begins with one. */
  function toKey(segment: PropertyKey, index: number): PropertyKey {
    return index === 0 ? (fields.find((field) => field.name === segment)?.key ?? segment) : segment
  }

  function finish(members: Members, context: FindingContext): Members | undefined {
    let sound = true
    for (const { key, schema, compute, check } of extras) {
      const value = compute(frozenCopy(members) as never)
      const verdict = check(value)
      if (verdict.ok) members[key] = freezePlain(verdict.value)
      else {
        sound = false
        for (const { keys: path, expected, received } of findProblems(schema, value, verdict.issues)) {
          addFinding(context, { message: `to be worked out as ${expected}`, path: [key, ...path], received })
        }
      }
    }
    return sound ? freezeInstance(members, object) : undefined
  }
}

/** For findings that the schema is asked for again. */
const deaf: FindingContext = { addIssue: () => undefined }

function frozenCopy(members: Members): Members {
  return Object.freeze({ ...members })
}

function objectOf(shape: Readonly<Record<string, z.ZodType>>, unknownKeys: UnknownKeys): z.ZodObject {
  if (unknownKeys === 'ignore') return z.object(shape)
  return unknownKeys === 'forbid' ? z.strictObject(shape) : z.looseObject(shape)
}
