import { describeValue } from '@empire/errors'
import type { z } from 'zod'
import { findProblems } from './find-problems.ts'
import { isPlain, wasFrozenHere } from './freeze-plain.ts'
import { InvalidModelError } from './invalid-model-error.ts'
import type { PreparedField } from './model-fields.ts'
import type { ModelOptions } from './model-options.ts'
import type { ModelSchema } from './model-schema.ts'
import { parseNow } from './parse-now.ts'

type Members = Readonly<Record<string, unknown>>

/** The `update` of a model: fields that change are checked by their own schemas, what has been checked is not run again. */
export function createUpdate(
  name: string,
  fields: readonly PreparedField[],
  { unknownKeys = 'ignore', computed = {} }: ModelOptions,
  { schema, judge, finish }: ModelSchema,
  parse: (data: unknown) => unknown,
) {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  for (const field of fields) if (!byKey.has(field.name)) byKey.set(field.name, field)

  return function update(instance: Members, changes: Members): unknown {
    expectObject('"instance"', instance)
    expectObject('"changes"', changes)
    const issues: z.core.$ZodIssue[] = []
    const checked = wasFrozenHere(instance) ? instance : (parse(instance) as Members)
    const members = new Map(Object.entries(checked).filter(([key]) => !Object.hasOwn(computed, key)))
    for (const [key, change] of Object.entries(changes)) {
      const field = byKey.get(key)
      // As in `parse`, the alias goes before the name.
      const isShadowed = field !== undefined && field.key !== key && Object.hasOwn(changes, field.key)
      if (field !== undefined && !isShadowed) set(members, field, key, change, issues)
      else if (unknownKeys === 'forbid' && !Object.hasOwn(computed, key)) issues.push(unknownKey(key))
      else if (unknownKeys === 'allow' && field === undefined) setUnknown(members, key, change)
    }
    const context = { addIssue: (issue: object) => void issues.push(issue as z.core.$ZodIssue) } as never
    const whole = Object.fromEntries(members)
    const made = issues.length === 0 && judge(whole, context) ? finish(whole, context) : undefined
    if (issues.length === 0) return made
    throw new InvalidModelError(name, findProblems(schema, changes, issues))
  }

  function set(
    members: Map<string, unknown>,
    field: PreparedField,
    key: string,
    change: unknown,
    issues: z.core.$ZodIssue[],
  ): void {
    const result = parseNow(field.schema, change, `update: the schema of "${field.name}" of ${name}`)
    if (!result.success) {
      for (const issue of result.error.issues) issues.push({ ...issue, path: [key, ...issue.path] })
    } else if (result.data === undefined) members.delete(field.name)
    else members.set(field.name, result.data)
  }

  function setUnknown(members: Map<string, unknown>, key: string, change: unknown): void {
    if (change === undefined) members.delete(key)
    else if (key !== '__proto__' && !Object.hasOwn(computed, key)) members.set(key, change)
  }
}

function unknownKey(key: string): z.core.$ZodIssue {
  return { code: 'unrecognized_keys', keys: [key], path: [], message: '', input: {} }
}

function expectObject(what: string, value: unknown): void {
  if (isPlain(value) && !Array.isArray(value)) return
  throw new TypeError(`update: ${what} must be an object, got ${describeValue(value)}.`)
}
