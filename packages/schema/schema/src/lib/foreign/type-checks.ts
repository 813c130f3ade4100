import { canonicalKey, deepEqual } from './deep-equal.ts'
import type { ChecksByType, SchemaContext } from './schema-context.ts'
import type { Check } from './run.ts'

const tests: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: (value) => Array.isArray(value),
  boolean: (value) => typeof value === 'boolean',
  // 1.0 is a whole number; NaN and Infinity are no numbers of JSON.
  integer: (value) => Number.isInteger(value),
  null: (value) => value === null,
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
}

/** `type`, `const` and `enum`. */
export function typeChecks(context: SchemaContext, checks: ChecksByType): void {
  const { schema } = context
  const { any } = checks
  if (schema['type'] !== undefined) {
    checks.type = { names: new Set([schema['type']].flat() as string[]), check: typeCheck(context) }
  }
  if (Array.isArray(schema['enum'])) any.push(enumCheck(context, schema['enum']))
  if ('const' in schema) any.push(constCheck(context, schema['const']))
}

function typeCheck({ schema, report, refuse }: SchemaContext): Check {
  const types = [schema['type']].flat() as string[]
  const chosen = types.map(
    (type) => tests[type] ?? refuse('type', `expected a type of JSON, got ${JSON.stringify(type)}.`),
  )
  const expected = types.join(' or ')
  const reporter = report('type')
  const facts = { code: 'invalid_type', expected }
  const [first = () => false, second] = chosen
  if (types.length === 1 && types[0] === 'string') {
    return (value, run, trail) => typeof value === 'string' || reporter(run, trail, value, facts, () => expected)
  }
  if (types.length === 1 && types[0] === 'integer') {
    return (value, run, trail) => Number.isInteger(value) || reporter(run, trail, value, facts, () => expected)
  }
  if (second === undefined)
    return (value, run, trail) => first(value) || reporter(run, trail, value, facts, () => expected)
  return (value, run, trail) => chosen.some((test) => test(value)) || reporter(run, trail, value, facts, () => expected)
}

function enumCheck({ report }: SchemaContext, values: readonly unknown[]): Check {
  const reporter = report('enum')
  const facts = { code: 'invalid_value', values }
  const simple = values.every((value) => typeof value !== 'object' || value === null)
  const members = new Set(simple ? values : values.map((value) => canonicalKey(value)))
  const expected = (): string => `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
  if (simple) return (value, run, trail) => members.has(value) || reporter(run, trail, value, facts, expected)
  return (value, run, trail) => members.has(canonicalKey(value)) || reporter(run, trail, value, facts, expected)
}

function constCheck({ report }: SchemaContext, wanted: unknown): Check {
  const reporter = report('const')
  const facts = { code: 'invalid_value', values: [wanted] }
  return (value, run, trail) =>
    deepEqual(value, wanted) || reporter(run, trail, value, facts, () => JSON.stringify(wanted))
}
