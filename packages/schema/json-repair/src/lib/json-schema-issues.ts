import { describeValue } from '@empire/errors'
import type { JsonSchemaDocument } from './accepted-schema.ts'
import { isSame } from './is-same.ts'
import { pointed } from './pointed.ts'
import type { RepairIssue } from './repair-rung.ts'

type Keywords = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

/** How deep schemas may lie in one another before the rest counts as satisfied. */
const maximumDepth = 64
/** How many parts of a schema are looked at before the rest counts as satisfied: references can multiply. */
const maximumChecks = 1_000_000

/** One check of a value against a document. */
interface Check {
  readonly root: JsonSchemaDocument
  readonly issues: RepairIssue[]
  readonly most: number
  left: number
}

/**
 * What a value lacks of the structure that a JSON Schema document asks for: enough to tell readings of a text apart. The
 * keywords that are not structural (`pattern`, `minimum`, `format`, …) are passed over.
 *
 * @param most How many issues are looked for.
 */
export function jsonSchemaIssues(value: unknown, schema: JsonSchemaDocument, most = 20): readonly RepairIssue[] {
  const check: Check = { root: schema, issues: [], most, left: maximumChecks }
  inspect(check, value, schema, [], 0)
  return check.issues
}

function inspect(check: Check, value: unknown, schema: unknown, path: Path, depth: number): void {
  if (check.issues.length >= check.most || check.left-- <= 0) return
  if (schema === false) return report(check, path, 'Expected nothing here, got a value.')
  if (typeof schema !== 'object' || schema === null || depth > maximumDepth) return
  const keywords = schema as Keywords
  const { $ref: reference, type, anyOf, oneOf, allOf } = keywords
  if (typeof reference === 'string') inspect(check, value, pointed(check.root, reference), path, depth + 1)
  if (!matchesType(value, type)) {
    return report(
      check,
      path,
      `Expected ${Array.isArray(type) ? type.join(' or ') : String(type)}, got ${nameOf(value)}.`,
    )
  }
  inspectChoice(check, value, keywords, path)
  const fits = (inner: unknown): boolean => {
    const trial: Check = { root: check.root, issues: [], most: 1, left: check.left }
    inspect(trial, value, inner, path, depth + 1)
    check.left = trial.left
    return trial.issues.length === 0
  }
  if (Array.isArray(allOf)) for (const inner of allOf) inspect(check, value, inner, path, depth + 1)
  if (Array.isArray(anyOf) && !anyOf.some(fits))
    report(check, path, 'Expected what one of anyOf accepts, got none of them.')
  if (Array.isArray(oneOf)) {
    const count = oneOf.filter(fits).length
    if (count !== 1) report(check, path, `Expected what exactly one of oneOf accepts, got ${count} of them.`)
  }
  if (Array.isArray(value)) inspectItems(check, value, keywords, path, depth)
  else if (typeof value === 'object' && value !== null) {
    inspectProperties(check, value as Keywords, keywords, path, depth)
  }
}

function report({ issues, most }: Check, path: Path, message: string): void {
  if (issues.length < most) issues.push({ message, path })
}

function inspectItems(check: Check, items: readonly unknown[], keywords: Keywords, path: Path, depth: number): void {
  const prefix: readonly unknown[] = Array.isArray(keywords['prefixItems']) ? keywords['prefixItems'] : []
  if (prefix.length === 0 && keywords['items'] === undefined) return
  for (const [index, item] of items.entries()) {
    inspect(check, item, index < prefix.length ? prefix[index] : keywords['items'], [...path, index], depth + 1)
    if (check.issues.length >= check.most) return
  }
}

function inspectProperties(check: Check, value: Keywords, keywords: Keywords, path: Path, depth: number): void {
  const { required, properties, additionalProperties } = keywords
  if (Array.isArray(required)) {
    for (const name of required as readonly unknown[]) {
      if (typeof name === 'string' && !Object.hasOwn(value, name))
        report(check, [...path, name], 'Expected a value, got none.')
    }
  }
  const known = (typeof properties === 'object' && properties !== null ? properties : {}) as Keywords
  for (const [name, part] of Object.entries(value)) {
    if (Object.hasOwn(known, name)) inspect(check, part, known[name], [...path, name], depth + 1)
    else if (!('patternProperties' in keywords)) inspect(check, part, additionalProperties, [...path, name], depth + 1)
  }
}

function matchesType(value: unknown, type: unknown): boolean {
  if (typeof type === 'string') return hasType(value, type)
  return !Array.isArray(type) || type.some((name) => hasType(value, String(name)))
}

function hasType(value: unknown, type: string): boolean {
  return type === 'integer' ? Number.isInteger(value) : nameOf(value) === type
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function inspectChoice(check: Check, value: unknown, keywords: Keywords, path: Path): void {
  const { enum: options } = keywords
  if (Array.isArray(options) && !options.some((option) => isSame(option, value)))
    report(check, path, `Expected one of ${shortened(options)}, got ${describeValue(value)}.`)
  if ('const' in keywords && !isSame(keywords['const'], value))
    report(check, path, `Expected ${shortened(keywords['const'])}, got ${describeValue(value)}.`)
}

function shortened(value: unknown): string {
  const text = jsonOf(value) ?? nameOf(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

/** `undefined` for what JSON cannot say, or what is nested too deeply for the stack. */
function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
  } catch {
    return undefined
  }
}
