import { isSchemaObject, type JsonSchema, type JsonSchemaObject } from '../json-schema.ts'
import { pointerTo } from '../json-pointer.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import { arrayChecks } from './array-checks.ts'
import { compositionChecks } from './composition-checks.ts'
import { formatChecks } from './format-checks.ts'
import { objectChecks } from './object-checks.ts'
import { referenceChecks } from './reference-checks.ts'
import { remembered } from './remembered.ts'
import { createReporter } from './reporter.ts'
import { addMarks, createMarks, type Check, type Run } from './run.ts'
import type { ChecksByType, CompilerOptions, SchemaContext } from './schema-context.ts'
import { scalarChecks } from './scalar-checks.ts'
import { sequence } from './sequence.ts'
import { locationOf, type SchemaIndex, type SchemaResource } from './schema-index.ts'
import { unevaluatedChecks } from './unevaluated-checks.ts'
import { typeChecks } from './type-checks.ts'

/** Turns the schemas of an index into functions, each once. */
export function compileSchema(root: JsonSchema, index: SchemaIndex, options: CompilerOptions): Check {
  const compiled = new Map<JsonSchemaObject, Check>()
  const dynamic = [...index.resources.values()].some(usesDynamicScope)

  function compile(schema: JsonSchema, location: string): Check {
    if (!isSchemaObject(schema)) return schema ? () => true : neverCheck(location)
    const known = compiled.get(schema)
    if (known !== undefined) return known
    // Whoever refers to a schema that is still being compiled gets a detour to what it will be.
    const detour: Check = (value, run, trail, marks) => finished(value, run, trail, marks)
    // What a dynamic reference means is not told by the value alone.
    compiled.set(schema, dynamic ? detour : remembered(detour))
    const finished = compileObject(schema)
    compiled.set(schema, finished)
    return finished
  }

  function enter(schema: JsonSchema, location: string): Check {
    const check = compile(schema, location)
    return dynamic && isSchemaObject(schema) ? inScope(check, index.place(schema).resource) : check
  }

  function compileObject(schema: JsonSchemaObject): Check {
    const place = index.place(schema)
    const { resource, pointer } = place
    const at = (keyword: string): string => locationOf(resource, pointerTo(pointer, keyword))
    const context: SchemaContext = {
      schema,
      place,
      index,
      options,
      compile: (subschema, ...steps) => compile(subschema, locationOf(resource, pointerTo(pointer, ...steps))),
      enter,
      report: (keyword) => createReporter(keyword, at(keyword)),
      refuse: (keyword, problem) => {
        throw new InvalidJsonSchemaError(at(keyword), problem)
      },
    }
    const check = combine(collect(context))
    return dynamic && pointer === '' ? inScope(check, resource) : check
  }

  return compile(root, '#')
}

function collect(context: SchemaContext): ChecksByType {
  const checks: ChecksByType = { type: undefined, any: [], number: [], string: [], array: [], object: [], last: [] }
  const { resource } = context.place
  const onlyReference = resource.draft === 'draft-07' && typeof context.schema['$ref'] === 'string'
  referenceChecks(context, checks)
  if (onlyReference) return checks
  const { disabled } = resource
  if (!disabled.has('validation')) {
    typeChecks(context, checks)
    scalarChecks(context, checks)
  }
  formatChecks(context, checks)
  if (!disabled.has('applicator')) compositionChecks(context, checks)
  arrayChecks(context, checks)
  objectChecks(context, checks)
  if (!disabled.has('unevaluated') && !disabled.has('applicator')) unevaluatedChecks(context, checks)
  return checks
}

function combine(checks: ChecksByType): Check {
  const { last } = checks
  const first = byType(checks)
  if (last.length === 0) return first
  return (value, run, trail, marks) => {
    const own = createMarks()
    if (!first(value, run, trail, own)) return false
    for (const check of last) if (!check(value, run, trail, own)) return false
    if (marks !== undefined) addMarks(marks, own)
    return true
  }
}

function byType({ type, any, number, string, array, object }: ChecksByType): Check {
  const withType = (name: string, checks: readonly Check[]): Check =>
    sequence(type === undefined || type.names.has(name) ? [...any, ...checks] : [type.check, ...any, ...checks])
  if (number.length + string.length + array.length + object.length === 0) return withType('', [])
  // A whole number is not told from another by `typeof`, and NaN is no number: here the type is always checked.
  const numbers = withType('', number)
  const strings = withType('string', string)
  const arrays = withType('array', array)
  const objects = withType('object', object)
  const others = withType('', [])
  const [only] = type?.names.size === 1 ? type.names : []
  if (only === 'string')
    return (value, run, trail, marks) => (typeof value === 'string' ? strings : others)(value, run, trail, marks)
  if (only === 'number' || only === 'integer')
    return (value, run, trail, marks) => (typeof value === 'number' ? numbers : others)(value, run, trail, marks)
  return (value, run, trail, marks) => {
    switch (typeof value) {
      case 'number':
        return numbers(value, run, trail, marks)
      case 'string':
        return strings(value, run, trail, marks)
      case 'object':
        if (value === null) return others(value, run, trail, marks)
        return Array.isArray(value) ? arrays(value, run, trail, marks) : objects(value, run, trail, marks)
      default:
        return others(value, run, trail, marks)
    }
  }
}

function inScope(check: Check, resource: SchemaResource): Check {
  return (value, run: Run, trail, marks) => {
    const outer = run.scope
    run.scope = { resource, outer }
    const passed = check(value, run, trail, marks)
    run.scope = outer
    return passed
  }
}

function usesDynamicScope({ dynamicAnchors, draft, root }: SchemaResource): boolean {
  return dynamicAnchors.size > 0 || (draft === '2019-09' && isSchemaObject(root) && root['$recursiveAnchor'] === true)
}

function neverCheck(location: string): Check {
  const report = createReporter('false', location)
  return (value, run, trail) => report(run, trail, value, { code: 'invalid_type', expected: 'never' }, () => 'no value')
}
