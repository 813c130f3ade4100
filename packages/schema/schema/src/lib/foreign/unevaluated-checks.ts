import { isJsonSchema } from '../json-schema.ts'
import type { ChecksByType, SchemaContext } from './schema-context.ts'
import { quoted } from './object-checks.ts'
import { stepTo, type Check, type Marks } from './run.ts'

/** `unevaluatedProperties` and `unevaluatedItems`: about what no other keyword of the schema has looked at. */
export function unevaluatedChecks(context: SchemaContext, { last }: ChecksByType): void {
  const { schema, compile, place } = context
  if (place.resource.draft === 'draft-07') return
  const { unevaluatedProperties, unevaluatedItems } = schema
  if (isJsonSchema(unevaluatedProperties)) {
    last.push(
      propertiesCheck(
        compile(unevaluatedProperties, 'unevaluatedProperties'),
        unevaluatedProperties === false,
        context,
      ),
    )
  }
  if (isJsonSchema(unevaluatedItems)) last.push(itemsCheck(compile(unevaluatedItems, 'unevaluatedItems')))
}

function propertiesCheck(check: Check, closed: boolean, { report }: SchemaContext): Check {
  const reporter = report('unevaluatedProperties')
  return (value, run, trail, marks) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return true
    const { properties } = marks as Marks
    if (properties === 'all') return true
    const record = value as Readonly<Record<string, unknown>>
    const unknown: string[] = []
    let passed = true
    for (const name of Object.keys(record)) {
      if (record[name] === undefined || properties.has(name)) continue
      if (closed) {
        if (run.issues === undefined) return false
        unknown.push(name)
      } else if (!check(record[name], run, stepTo(run, trail, name), undefined)) {
        if (run.issues === undefined) return false
        passed = false
      }
    }
    ;(marks as Marks).properties = 'all'
    if (unknown.length === 0) return passed
    return reporter(
      run,
      trail,
      value,
      { code: 'unrecognized_keys', keys: unknown },
      () => `no other properties (got ${quoted(unknown)})`,
    )
  }
}

function itemsCheck(check: Check): Check {
  return (value, run, trail, marks) => {
    if (!Array.isArray(value)) return true
    const { items, others } = marks as Marks
    let passed = true
    for (let index = items; index < value.length; index += 1) {
      if (others.has(index) || check(value[index], run, stepTo(run, trail, index), undefined)) continue
      if (run.issues === undefined) return false
      passed = false
    }
    ;(marks as Marks).items = value.length
    return passed
  }
}
