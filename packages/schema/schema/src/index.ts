export { compile, type CompiledSchema, type CompileOptions } from './lib/compile.ts'
export { formatPath } from './lib/format-path.ts'
export { defineType } from './lib/define-type.ts'
export { InvalidValueError } from './lib/invalid-value-error.ts'
export { type Issue } from './lib/issue.ts'
export { type Validator } from './lib/validator.ts'
export { type Verdict } from './lib/verdict.ts'
export { type TypeDefinition } from './lib/type-definition.ts'
export { InvalidItemError } from './lib/invalid-item-error.ts'
export { InvalidJsonStreamError } from './lib/invalid-json-stream-error.ts'
export { type StreamFormat } from './lib/stream-item.ts'
export { TooManyInvalidItemsError } from './lib/too-many-invalid-items-error.ts'
export {
  type ItemVerdict,
  type StreamSource,
  validateStream,
  type ValidateStreamOptions,
} from './lib/validate-stream.ts'
export { type Dialect, type Direction } from './lib/dialect.ts'
export { type JsonSchema, type JsonSchemaObject } from './lib/json-schema.ts'
export { type SchemaLoss } from './lib/schema-loss.ts'
export { toJsonSchema, type ToJsonSchemaOptions, type WrittenSchema } from './lib/to-json-schema.ts'
export { UnrepresentableSchemaError } from './lib/unrepresentable-schema-error.ts'
export { type Draft } from './lib/foreign/draft.ts'
export { type ForeignIssue } from './lib/foreign/run.ts'
export { fromJsonSchema, type FromJsonSchemaOptions, type PatternMatcher } from './lib/foreign/from-json-schema.ts'
export { InvalidJsonSchemaError } from './lib/foreign/invalid-json-schema-error.ts'
export { type ResolveDocument } from './lib/foreign/load-references.ts'
export { UnresolvedReferenceError } from './lib/foreign/unresolved-reference-error.ts'
export { inferSchema, type InferSchemaOptions } from './lib/infer-schema.ts'
export { merge, type MergedShape } from './lib/merge.ts'
export { type ChangeReason } from './lib/compare/change-reason.ts'
export {
  compareSchemas,
  type CompareSchemasOptions,
  type SchemaChange,
  type SchemaComparison,
} from './lib/compare-schemas.ts'
