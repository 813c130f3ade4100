import { describeValue, expectKnownKeys } from '@empire/errors'
import type * as z from 'zod'
import { compile } from '../compile.ts'
import { namedTypes } from '../define-type.ts'
import { expectFunction } from '../expect-options.ts'
import { isJsonSchema, isSchemaObject, type JsonSchema } from '../json-schema.ts'
import { isAboutStack } from '../too-deep.ts'
import type { Validator } from '../validator.ts'
import { compileSchema } from './compiler.ts'
import { copyDocument } from './copy-document.ts'
import { createForeignValidator } from './foreign-validator.ts'
import { draftNamed, drafts, type Draft } from './draft.ts'
import { InvalidJsonSchemaError } from './invalid-json-schema-error.ts'
import { loadReferences, type ResolveDocument } from './load-references.ts'
import { toRegExp } from './to-reg-exp.ts'
import { refuseEndlessReferences } from './refuse-endless-references.ts'

/** A pattern that is ready to look at texts, as a `RegExp` is. */
export interface PatternMatcher {
  /** Whether the pattern is found anywhere in the text. */
  readonly test: (text: string) => boolean
}

/** How a foreign document is read. */
export interface FromJsonSchemaOptions {
  /** The draft to read the document as. Default: the one that its `$schema` names, else `'2020-12'`. */
  draft?: Draft | undefined
  /**
   * Fetches a document that is referred to and not at hand, by its absolute address without fragment, or by the reference
   * itself where the document has no address. `undefined` if there is none. Nothing else ever reads a file or the network.
   */
  resolve?: ResolveDocument | undefined
  /**
   * Types made with `defineType`: where a `format` is the name of one, values are checked by it. Other formats are annotations,
   * as the drafts say; `defineType('email', { base: z.email() })` makes one of them count. Where a metaschema requires formats to
   * be checked, each has to be one of these types. Default: none.
   */
  types?: readonly z.ZodType[] | undefined
  /**
   * Reads a `pattern`. Default: a `RegExp` in Unicode mode, without it where the pattern is none in that mode. Patterns run as
   * they are written: for documents of strangers, give an engine without backtracking.
   */
  readPattern?: ((source: string) => PatternMatcher) | undefined
  /** Aborts waiting for `resolve`. */
  signal?: AbortSignal | undefined
}

/**
 * Prepares a JSON Schema document of draft-07, 2019-09 or 2020-12 for checking values; from then on nothing waits.
 *
 * The compiler is our own, for no library at hand passes the official test suite, generates no code and keeps nothing: see
 * `architecture.md` for the figures.
 *
 * The document is copied. Nothing is kept beside the validator: documents with one `$id` do not know of each other. Values are
 * judged as JSON: a property that is `undefined` is absent, `NaN` is no number.
 *
 * Throws an `InvalidJsonSchemaError` for what is no JSON Schema, with the place, and an `UnresolvedReferenceError` for a
 * reference that leads nowhere.
 */
export async function fromJsonSchema(document: JsonSchema, options: FromJsonSchemaOptions = {}): Promise<Validator> {
  expectKnownKeys('"options"', options, ['draft', 'resolve', 'types', 'readPattern', 'signal'])
  const { draft, resolve, types = [], readPattern = toRegExp, signal } = options
  signal?.throwIfAborted()
  if (resolve !== undefined) expectFunction('options.resolve', resolve)
  expectFunction('options.readPattern', readPattern)
  if (!isJsonSchema(document)) {
    throw new TypeError(`"document" must be a JSON Schema: an object or a boolean, got ${describeValue(document)}.`)
  }
  if (draft !== undefined && !drafts.includes(draft)) {
    throw new TypeError(`"options.draft" must be one of ${drafts.join(', ')}, got ${describeValue(draft)}.`)
  }
  const checks = typeChecksOf(types)
  const copy = copyDocument(document)
  const named = isSchemaObject(copy) && typeof copy['$schema'] === 'string' ? draftNamed(copy['$schema']) : undefined
  const read = draft ?? named ?? '2020-12'
  try {
    const index = await loadReferences(copy, { draft: read, explicit: draft !== undefined, resolve, signal })
    refuseEndlessReferences(index)
    return createForeignValidator(compileSchema(copy, index, { readPattern, types: checks }))
  } catch (error) {
    if (!isAboutStack(error)) throw error
    throw new InvalidJsonSchemaError('#', 'it is nested too deeply to be read.', error)
  }
}

function typeChecksOf(types: readonly z.ZodType[]): ReadonlyMap<string, (value: unknown) => boolean> {
  return new Map([...namedTypes(types)].map(([name, schema]) => [name, compile(schema).is]))
}
