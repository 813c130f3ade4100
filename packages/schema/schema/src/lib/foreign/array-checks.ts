import type { JsonSchema } from '../json-schema.ts'
import { isJsonSchema } from '../json-schema.ts'
import { canonicalKey } from './deep-equal.ts'
import type { ChecksByType, SchemaContext } from './schema-context.ts'
import { silently, stepTo, type Check } from './run.ts'

/** The keywords about arrays, but for `unevaluatedItems`. */
export function arrayChecks(context: SchemaContext, { array }: ChecksByType): void {
  const { disabled } = context.place.resource
  if (!disabled.has('validation')) array.push(...sizeChecks(context))
  if (!disabled.has('applicator')) array.push(...itemsChecks(context), ...containsChecks(context))
}

function sizeChecks({ schema, report }: SchemaContext): Check[] {
  const { minItems, maxItems, uniqueItems } = schema
  const checks: Check[] = []
  if (typeof minItems === 'number') {
    const reporter = report('minItems')
    const facts = { code: 'too_small', origin: 'array', inclusive: true, minimum: minItems }
    checks.push(
      (value, run, trail) =>
        (value as unknown[]).length >= minItems ||
        reporter(run, trail, value, facts, () => `at least ${minItems} items (got ${(value as unknown[]).length})`),
    )
  }
  if (typeof maxItems === 'number') {
    const reporter = report('maxItems')
    const facts = { code: 'too_big', origin: 'array', inclusive: true, maximum: maxItems }
    checks.push(
      (value, run, trail) =>
        (value as unknown[]).length <= maxItems ||
        reporter(run, trail, value, facts, () => `at most ${maxItems} items (got ${(value as unknown[]).length})`),
    )
  }
  if (uniqueItems === true) {
    const reporter = report('uniqueItems')
    checks.push((value, run, trail) => {
      const twice = firstRepeated(value as unknown[])
      return (
        twice === undefined ||
        reporter(
          run,
          trail,
          value,
          { code: 'not_unique', origin: 'array' },
          () => `unique items (item ${twice} repeats another)`,
        )
      )
    })
  }
  return checks
}

/** Up to here comparing each with each is faster than a set. */
const few = 16

function firstRepeated(items: readonly unknown[]): number | undefined {
  if (items.length <= few && items.every((item) => typeof item !== 'object' || item === null)) {
    for (let index = 1; index < items.length; index += 1) {
      for (let earlier = 0; earlier < index; earlier += 1) if (items[earlier] === items[index]) return index
    }
    return undefined
  }
  const seen = new Set<unknown>()
  const seenKeys = new Set<string>()
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index]
    const structured = typeof item === 'object' && item !== null
    const key = structured ? canonicalKey(item) : item
    const known = structured ? seenKeys : seen
    if ((known as Set<unknown>).has(key)) return index
    ;(known as Set<unknown>).add(key)
  }
  return undefined
}

function itemsChecks(context: SchemaContext): Check[] {
  const { schema, compile, place } = context
  const modern = place.resource.draft === '2020-12'
  const tuple = modern ? schema['prefixItems'] : schema['items']
  const checks: Check[] = []
  const prefix = Array.isArray(tuple) ? (tuple as JsonSchema[]) : []
  if (prefix.length > 0)
    checks.push(prefixCheck(prefix.map((item, index) => compile(item, modern ? 'prefixItems' : 'items', index))))
  const restKeyword = modern || !Array.isArray(tuple) ? 'items' : 'additionalItems'
  const rest = schema[restKeyword]
  if (isJsonSchema(rest)) checks.push(restCheck(compile(rest, restKeyword), prefix.length))
  return checks
}

function prefixCheck(items: readonly Check[]): Check {
  return (value, run, trail, marks) => {
    const array = value as unknown[]
    const length = Math.min(items.length, array.length)
    let passed = true
    for (let index = 0; index < length; index += 1) {
      if ((items[index] as Check)(array[index], run, stepTo(run, trail, index), undefined)) continue
      if (run.issues === undefined) return false
      passed = false
    }
    if (marks !== undefined) marks.items = Math.max(marks.items, length)
    return passed
  }
}

function restCheck(item: Check, start: number): Check {
  return (value, run, trail, marks) => {
    const array = value as unknown[]
    let passed = true
    for (let index = start; index < array.length; index += 1) {
      if (item(array[index], run, stepTo(run, trail, index), undefined)) continue
      if (run.issues === undefined) return false
      passed = false
    }
    if (marks !== undefined) marks.items = array.length
    return passed
  }
}

function containsChecks({ schema, compile, report, place }: SchemaContext): Check[] {
  const { contains } = schema
  if (!isJsonSchema(contains)) return []
  const counted = place.resource.draft !== 'draft-07' && !place.resource.disabled.has('validation')
  const minimum = counted && typeof schema['minContains'] === 'number' ? schema['minContains'] : 1
  const maximum = counted && typeof schema['maxContains'] === 'number' ? schema['maxContains'] : Infinity
  const item = compile(contains, 'contains')
  const tooFew = report(minimum === 1 ? 'contains' : 'minContains')
  const tooMany = report('maxContains')
  const marked = place.resource.draft === '2020-12'
  return [
    (value, run, trail, marks) => {
      const array = value as unknown[]
      const others = marked ? marks?.others : undefined
      let found = 0
      for (let index = 0; index < array.length; index += 1) {
        if (!silently(item, array[index], run, undefined)) continue
        found += 1
        others?.add(index)
        if (others === undefined && maximum === Infinity && found >= minimum) return true
      }
      if (found < minimum) {
        const facts = { code: 'too_small', origin: 'array', inclusive: true, minimum }
        return tooFew(run, trail, value, facts, () => `at least ${minimum} matching items (got ${found})`)
      }
      if (found <= maximum) return true
      const facts = { code: 'too_big', origin: 'array', inclusive: true, maximum }
      return tooMany(run, trail, value, facts, () => `at most ${maximum} matching items (got ${found})`)
    },
  ]
}
