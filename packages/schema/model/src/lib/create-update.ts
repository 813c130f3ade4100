import { describeValue } from '@empire/errors'
import type { z } from 'zod'
import { createCheckNow } from './create-check-now.ts'
import { findProblems } from './find-problems.ts'
import { freezePlain, isPlain } from './freeze-plain.ts'
import { InvalidModelError } from './invalid-model-error.ts'
import type { PreparedField } from './model-fields.ts'
import type { ModelOptions } from './model-options.ts'
import type { ModelSchema } from './model-schema.ts'

type Members = Readonly<Record<string, unknown>>

/** The `update` of a model: fields that change are checked by their own schemas, what has been checked is not run again. */
export function createUpdate(
  name: string,
  prepared: readonly PreparedField[],
  { unknownKeys = 'ignore', computed = {} }: ModelOptions,
  { schema, isInstance, complete }: ModelSchema,
  parse: (data: unknown) => unknown,
) {
  const fields = prepared.map((field) => ({
    ...field,
    check: createCheckNow(field.schema, `update: the schema of "${field.name}" of ${name}`),
  }))
  const byKey = new Map(fields.map((field) => [field.key, field]))
  for (const field of fields) if (!byKey.has(field.name)) byKey.set(field.name, field)
  const hasComputed = Object.keys(computed).length > 0

  return function update(instance: Members, changes: Members): unknown {
    expectObject('"instance"', instance)
    expectObject('"changes"', changes)
    const issues: z.core.$ZodIssue[] = []
    const checked = isInstance(instance) ? instance : (parse(instance) as Members)
    const members = hasComputed ? fieldsOf(checked) : { ...checked }
    for (const [key, change] of Object.entries(changes)) {
      const field = byKey.get(key)
      // As in `parse`, the alias goes before the name.
      const isShadowed = field !== undefined && field.key !== key && Object.hasOwn(changes, field.key)
      if (field !== undefined && !isShadowed) {
        const verdict = field.check(change)
        if (verdict.ok) set(members, field.name, verdict.value)
        else for (const issue of verdict.issues) issues.push({ ...issue, path: [key, ...issue.path] } as never)
      } else if (Object.hasOwn(computed, key)) continue
      else if (unknownKeys === 'forbid') issues.push(unknownKey(key))
      else if (unknownKeys === 'allow' && field === undefined && key !== '__proto__') set(members, key, change)
    }
    const context = { addIssue: (issue: object) => void issues.push(issue as z.core.$ZodIssue) }
    const made = issues.length === 0 ? complete(members, context) : undefined
    if (issues.length === 0) return made
    throw new InvalidModelError(name, findProblems(schema, changes, issues))
  }

  /** Deleting members from a copy would make it slow for whoever reads it. */
  function fieldsOf(instance: Members): Record<string, unknown> {
    const members: Record<string, unknown> = {}
    for (const key of Object.keys(instance)) if (!Object.hasOwn(computed, key)) members[key] = instance[key]
    return members
  }
}

function set(members: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) delete members[name]
  else members[name] = freezePlain(value)
}

function unknownKey(key: string): z.core.$ZodIssue {
  return { code: 'unrecognized_keys', keys: [key], path: [], message: '', input: {} }
}

function expectObject(what: string, value: unknown): void {
  if (isPlain(value) && !Array.isArray(value)) return
  throw new TypeError(`update: ${what} must be an object, got ${describeValue(value)}.`)
}
