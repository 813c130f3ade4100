import { expectKnownKeys } from '@empire/errors'
import type * as z from 'zod'
import type { ChangeReason } from './compare/change-reason.ts'
import { comparedDocument } from './compare/compared-document.ts'
import { createContainment } from './compare/create-containment.ts'
import type { OtherProperties } from './compare/containment.ts'
import { createExpand } from './compare/expand.ts'
import { explain, type Explanation } from './compare/explain.ts'
import type { Node } from './compare/node.ts'
import type { Direction } from './dialect.ts'
import { expectOneOf } from './expect-options.ts'
import { isSchema } from './expect-schema.ts'
import { canonicalKey } from './foreign/deep-equal.ts'
import { drafts, type Draft } from './foreign/draft.ts'
import { InvalidJsonSchemaError } from './foreign/invalid-json-schema-error.ts'
import type { JsonSchema } from './json-schema.ts'
import { isAboutStack } from './too-deep.ts'

/** How two schemas are compared. */
export interface CompareSchemasOptions {
  /** The draft of documents that name none in `$schema`. Default: `'2020-12'`. */
  draft?: Draft | undefined
  /**
   * Properties that a schema does not name. `judged` (default): an object may hold any that its schema lets pass, so a schema
   * that names one of them, or forbids them, is narrower. `ignored`: callers send only what the old schema names, and readers
   * of results overlook what it does not name, as is usual for HTTP APIs.
   */
  unnamedProperties?: 'judged' | 'ignored' | undefined
}

/** One difference between two schemas. */
export interface SchemaChange {
  /** Where in the value: property names and indexes; `'*'` stands for every other property or item. */
  readonly path: readonly (string | number)[]
  readonly reason: ChangeReason
  /** For people: which values no longer pass, or are new. */
  readonly message: string
}

/** What became of a schema. */
export interface SchemaComparison {
  /** True only if it is proven: there is nothing in `breaking`. */
  readonly compatible: boolean
  /**
   * What those who know only the old schema may stumble over. For inputs: values that passed and do not pass any more. For
   * outputs: values that were impossible and are possible now.
   */
  readonly breaking: readonly SchemaChange[]
  /** What changed the other way round, and breaks nobody. */
  readonly harmless: readonly SchemaChange[]
}

/**
 * Compares two versions of a schema. For inputs, whatever `before` accepted has to pass `after`; for outputs, whatever `after`
 * gives has to have been possible under `before`. zod schemas are seen by their JSON Schema form of that side.
 *
 * Where containment cannot be proven, the place is reported as a break with the reason `undecidable` or `code_changed`, unless
 * both schemas are the same there. So is work beyond 300,000 comparisons, and beyond 1,024 alternatives of unions that multiply in
 * an `allOf`.
 *
 * Throws an `InvalidJsonSchemaError` for a document that is no JSON Schema or is nested too deeply, an `UnresolvedReferenceError`
 * for one that refers to another document, and an `UnrepresentableSchemaError` for a zod schema without a JSON Schema form.
 */
export function compareSchemas(
  before: z.core.$ZodType | JsonSchema,
  after: z.core.$ZodType | JsonSchema,
  direction: Direction,
  options: CompareSchemasOptions = {},
): SchemaComparison {
  expectOneOf('direction', direction, ['input', 'output'])
  expectKnownKeys('"options"', options, ['draft', 'unnamedProperties'])
  const { draft = '2020-12', unnamedProperties = 'judged' } = options
  expectOneOf('options.draft', draft, drafts)
  expectOneOf('options.unnamedProperties', unnamedProperties, ['judged', 'ignored'])
  try {
    const old = comparedDocument('before', before, direction, draft)
    const young = comparedDocument('after', after, direction, draft)
    if (isSameDocument(before, after)) return { compatible: true, breaking: [], harmless: [] }
    return compareNodes(old, young, direction, unnamedProperties === 'ignored')
  } catch (error) {
    if (!isAboutStack(error)) throw error
    throw new InvalidJsonSchemaError('#', 'it is nested too deeply to be compared.', error)
  }
}

function isSameDocument(before: z.core.$ZodType | JsonSchema, after: z.core.$ZodType | JsonSchema): boolean {
  if (before === after) return true
  return !isSchema(before) && !isSchema(after) && canonicalKey(before) === canonicalKey(after)
}

function compareNodes(before: Node, after: Node, direction: Direction, ignoring: boolean): SchemaComparison {
  const expand = createExpand()
  const check = (inner: Node, outer: Node, narrows: boolean, others: Others): SchemaChange[] =>
    explain(inner, outer, createContainment({ expand, ...others }), narrows).map((each) =>
      worded(each, direction, narrows),
    )
  const rules = ignoring ? othersOf[direction] : asWritten
  if (direction === 'input') {
    const breaking = check(before, after, true, rules.breaking)
    return { compatible: breaking.length === 0, breaking, harmless: check(after, before, false, rules.harmless) }
  }
  const breaking = check(after, before, false, rules.breaking)
  return { compatible: breaking.length === 0, breaking, harmless: check(before, after, true, rules.harmless) }
}

interface Others {
  readonly innerOthers: OtherProperties
  readonly outerOthers: OtherProperties
}

const written: Others = { innerOthers: 'as-written', outerOthers: 'as-written' }
const asWritten = { breaking: written, harmless: written }

/** Callers send what the old schema names; readers overlook what it does not name. */
const othersOf: Readonly<Record<Direction, { readonly breaking: Others; readonly harmless: Others }>> = {
  input: {
    breaking: { innerOthers: 'forbidden', outerOthers: 'as-written' },
    harmless: { innerOthers: 'forbidden', outerOthers: 'forbidden' },
  },
  output: {
    breaking: { innerOthers: 'forbidden', outerOthers: 'free' },
    harmless: { innerOthers: 'forbidden', outerOthers: 'forbidden' },
  },
}

function worded({ path, reason, values }: Explanation, direction: Direction, narrows: boolean): SchemaChange {
  const unsure = reason === 'undecidable' || reason === 'code_changed' ? 'Possibly ' : ''
  const verb = verbs[direction][narrows ? 0 : 1]
  return {
    path,
    reason,
    message: `${unsure}${unsure === '' ? verb : verb.charAt(0).toLowerCase() + verb.slice(1)}: ${values}.`,
  }
}

const verbs = {
  input: ['No longer accepted', 'Now accepted too'],
  output: ['No longer given', 'Can now be given'],
} as const
