import { isJsonSchema, isSchemaObject, type JsonSchema } from '../json-schema.ts'
import type { ChecksByType, SchemaContext } from './schema-context.ts'
import { createPropertiesVerdict, type NamedProperty } from './properties-verdict.ts'
import type { ForeignIssue, Check } from './run.ts'
import { stepTo } from './run.ts'
import { readPattern } from './scalar-checks.ts'
import { sequence } from './sequence.ts'

type Record_ = Readonly<Record<string, unknown>>

/** The keywords about objects, but for `unevaluatedProperties`. */
export function objectChecks(context: SchemaContext, { object }: ChecksByType): void {
  const { disabled } = context.place.resource
  if (!disabled.has('validation')) object.push(...countChecks(context))
  const required = disabled.has('validation') ? [] : requiredChecks(context)
  if (disabled.has('applicator')) {
    object.push(...required)
    return
  }
  object.push(
    ...withVerdict(context, required, namedProperties(context)),
    ...namesChecks(context),
    ...dependentChecks(context),
  )
}

function namedProperties({ schema, compile }: SchemaContext): NamedProperty[] {
  const properties = isSchemaObject(schema['properties']) ? Object.entries(schema['properties']) : []
  return properties.map(([name, property]) => ({ name, check: compile(property as JsonSchema, 'properties', name) }))
}

/** What judges properties, with a shorter way while nobody asks for issues or for what was looked at. */
function withVerdict(context: SchemaContext, required: readonly Check[], named: readonly NamedProperty[]): Check[] {
  const checks = [...required, ...propertiesChecks(context, named)]
  const { schema, place } = context
  const verdict = place.resource.disabled.size === 0 ? createPropertiesVerdict(schema, named) : undefined
  if (checks.length === 0 || verdict === undefined) return checks
  const whole = sequence(checks)
  return [
    (value, run, trail, marks) =>
      run.issues === undefined && marks === undefined ? verdict(value as object, run) : whole(value, run, trail, marks),
  ]
}

/** Whether JSON would write the property: one that is undefined is not there. */
function hasProperty(value: unknown, name: string): boolean {
  return Object.hasOwn(value as object, name) && (value as Record_)[name] !== undefined
}

function namesOf(value: unknown): string[] {
  return Object.keys(value as object).filter((name) => (value as Record_)[name] !== undefined)
}

function countChecks({ schema, report }: SchemaContext): Check[] {
  const { minProperties, maxProperties } = schema
  const checks: Check[] = []
  if (typeof minProperties === 'number') {
    const reporter = report('minProperties')
    const facts = { code: 'too_small', origin: 'object', inclusive: true, minimum: minProperties }
    checks.push(
      (value, run, trail) =>
        namesOf(value).length >= minProperties ||
        reporter(run, trail, value, facts, () => `at least ${minProperties} properties (got ${namesOf(value).length})`),
    )
  }
  if (typeof maxProperties === 'number') {
    const reporter = report('maxProperties')
    const facts = { code: 'too_big', origin: 'object', inclusive: true, maximum: maxProperties }
    checks.push(
      (value, run, trail) =>
        namesOf(value).length <= maxProperties ||
        reporter(run, trail, value, facts, () => `at most ${maxProperties} properties (got ${namesOf(value).length})`),
    )
  }
  return checks
}

function requiredChecks({ schema, report, place }: SchemaContext): Check[] {
  const { required, dependentRequired } = schema
  const checks: Check[] = []
  if (Array.isArray(required) && required.length > 0)
    checks.push(requiredCheck(required as string[], 'required', report))
  if (place.resource.draft !== 'draft-07' && isSchemaObject(dependentRequired)) {
    for (const [name, names] of Object.entries(dependentRequired)) {
      if (!Array.isArray(names)) continue
      const check = requiredCheck(names as string[], 'dependentRequired', report)
      checks.push((value, run, trail, marks) => !hasProperty(value, name) || check(value, run, trail, marks))
    }
  }
  return checks
}

function requiredCheck(names: readonly string[], keyword: string, report: SchemaContext['report']): Check {
  const reporter = report(keyword)
  const facts = { code: 'invalid_type', expected: 'nonoptional' }
  return (value, run, trail) => {
    let passed = true
    for (const name of names) {
      if (hasProperty(value, name)) continue
      if (run.issues === undefined) return false
      reporter(run, stepTo(run, trail, name), undefined, facts, () => 'a value, for the property is required')
      passed = false
    }
    return passed
  }
}

function propertiesChecks(context: SchemaContext, named: readonly NamedProperty[]): Check[] {
  const { schema, compile, options, refuse } = context
  const patterns = isSchemaObject(schema['patternProperties']) ? Object.entries(schema['patternProperties']) : []
  const { additionalProperties } = schema
  if (patterns.length === 0 && !isJsonSchema(additionalProperties)) {
    return named.length === 0 ? [] : [namedCheck(named)]
  }
  const matching = patterns.map(([source, property]) => ({
    expression: readPattern(options.readPattern, source, (problem) => refuse('patternProperties', problem)),
    check: compile(property as JsonSchema, 'patternProperties', source),
  }))
  const others = isJsonSchema(additionalProperties) ? compile(additionalProperties, 'additionalProperties') : undefined
  const byName = new Map(named.map(({ name, check }) => [name, check]))
  const report = context.report('additionalProperties')
  const closed = additionalProperties === false

  return [
    (value, run, trail, marks) => {
      const record = value as Record_
      const unknown: string[] = []
      let passed = true
      for (const name of Object.keys(record)) {
        const property = record[name]
        if (property === undefined) continue
        const check = byName.get(name)
        let known = check !== undefined
        if (check !== undefined && !check(property, run, stepTo(run, trail, name), undefined)) {
          if (run.issues === undefined) return false
          passed = false
        }
        for (const pattern of matching) {
          if (!pattern.expression.test(name)) continue
          known = true
          if (pattern.check(property, run, stepTo(run, trail, name), undefined)) continue
          if (run.issues === undefined) return false
          passed = false
        }
        if (!known && others !== undefined) {
          if (closed) {
            if (run.issues === undefined) return false
            unknown.push(name)
          } else if (!others(property, run, stepTo(run, trail, name), undefined)) {
            if (run.issues === undefined) return false
            passed = false
          }
          known = true
        }
        if (known && marks !== undefined && marks.properties !== 'all') marks.properties.add(name)
      }
      if (unknown.length === 0) return passed
      return report(
        run,
        trail,
        value,
        { code: 'unrecognized_keys', keys: unknown },
        () => `no other properties (got ${quoted(unknown)})`,
      )
    },
  ]
}

function namedCheck(named: readonly NamedProperty[]): Check {
  return (value, run, trail, marks) => {
    const record = value as Record_
    let passed = true
    for (let index = 0; index < named.length; index += 1) {
      const { name, check } = named[index] as NamedProperty
      if (!Object.hasOwn(record, name)) continue
      const property = record[name]
      if (property === undefined) continue
      if (marks !== undefined && marks.properties !== 'all') marks.properties.add(name)
      if (check(property, run, stepTo(run, trail, name), undefined)) continue
      if (run.issues === undefined) return false
      passed = false
    }
    return passed
  }
}

function namesChecks({ schema, compile, report }: SchemaContext): Check[] {
  const { propertyNames } = schema
  if (!isJsonSchema(propertyNames)) return []
  const check = compile(propertyNames, 'propertyNames')
  const reporter = report('propertyNames')
  return [
    (value, run, trail) => {
      let passed = true
      for (const name of namesOf(value)) {
        if (run.issues === undefined) {
          if (!check(name, run, undefined, undefined)) return false
          continue
        }
        const { issues } = run
        const own: ForeignIssue[] = []
        run.issues = own
        const fits = check(name, run, undefined, undefined)
        run.issues = issues
        if (fits) continue
        passed = false
        reporter(
          run,
          stepTo(run, trail, name),
          name,
          { code: 'invalid_key', origin: 'record', issues: own },
          () => 'another name for the property',
        )
      }
      return passed
    },
  ]
}

/** `dependentSchemas`, and what it grew from: `dependencies`, which 2019-09 and 2020-12 leave out of the required keywords. */
function dependentChecks(context: SchemaContext): Check[] {
  const { schema, compile, report, place } = context
  const checks: Check[] = []
  const add = (name: string, check: Check): void => {
    checks.push((value, run, trail, marks) => !hasProperty(value, name) || check(value, run, trail, marks))
  }
  if (place.resource.draft !== 'draft-07' && isSchemaObject(schema['dependentSchemas'])) {
    for (const [name, dependent] of Object.entries(schema['dependentSchemas']))
      add(name, compile(dependent as JsonSchema, 'dependentSchemas', name))
  }
  if (isSchemaObject(schema['dependencies'])) {
    for (const [name, dependency] of Object.entries(schema['dependencies'])) {
      if (Array.isArray(dependency)) add(name, requiredCheck(dependency as string[], 'dependencies', report))
      else if (isJsonSchema(dependency)) add(name, compile(dependency, 'dependencies', name))
    }
  }
  return checks
}

export function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ')
}
