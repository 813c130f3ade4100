import type { JsonSchema, JsonSchemaObject } from '../json-schema.ts'
import type { Reporter } from './reporter.ts'
import type { Check } from './run.ts'
import type { SchemaIndex, SchemaPlace } from './schema-index.ts'

/** What a validator is given beside its documents. */
export interface CompilerOptions {
  /** Reads a `pattern`. */
  readonly readPattern: (source: string) => { readonly test: (text: string) => boolean }
  /** Formats that are checked, whatever the type of the value; others are annotations. */
  readonly types: ReadonlyMap<string, (value: unknown) => boolean>
}

/** One schema that is being compiled, as the makers of checks see it. */
export interface SchemaContext {
  readonly schema: JsonSchemaObject
  readonly place: SchemaPlace
  readonly index: SchemaIndex
  readonly options: CompilerOptions
  /** Compiles a subschema of this schema. */
  readonly compile: (subschema: JsonSchema, ...steps: (string | number)[]) => Check
  /** Compiles a schema elsewhere, possibly one that is being compiled already, to be entered through a reference. */
  readonly enter: (schema: JsonSchema, location: string) => Check
  readonly report: (keyword: string) => Reporter
  /** Refuses the document. */
  readonly refuse: (keyword: string, problem: string) => never
}

/** Checks by the type of value that they are about; those under `any` look at every value. */
export interface ChecksByType {
  /** `type`: left out where the kind of value has settled it. */
  type: { readonly names: ReadonlySet<string>; readonly check: Check } | undefined
  readonly any: Check[]
  readonly number: Check[]
  readonly string: Check[]
  readonly array: Check[]
  readonly object: Check[]
  /** After all others, and only if they pass. */
  readonly last: Check[]
}
