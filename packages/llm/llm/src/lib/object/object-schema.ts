import { type BaseModel, defineRootModel, type ModelVerdict } from '@empire/model'
import { fromJsonSchema } from '@empire/schema/json-schema'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { SchemaInput } from '../model-request.ts'
import { schemaDocument } from '../schema-document.ts'

/** What comes out of a schema; `unknown` for a JSON Schema document. */
export type ObjectOf<Schema extends SchemaInput> = Schema extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<Schema>
  : unknown

/** What goes into a schema; `unknown` for a JSON Schema document. */
export type ObjectInputOf<Schema extends SchemaInput> = Schema extends StandardSchemaV1
  ? StandardSchemaV1.InferInput<Schema>
  : unknown

/** A schema that is ready to judge what a model wrote. */
export interface ObjectSchema {
  /** As JSON Schema, for the model. */
  readonly document: Readonly<Record<string, unknown>>
  /** The value as the schema gives it out, or what is wrong with it in words that a model understands. */
  check(value: unknown): Promise<ModelVerdict<unknown>>
}

/** Reads a model of `@empire/model`, any other Standard Schema, or a JSON Schema document. */
export async function readObjectSchema(
  schema: SchemaInput,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ObjectSchema> {
  const model = isModel(schema) ? schema : defineRootModel(name, await toStandard(schema, signal))
  return { document: schemaDocument(schema), check: (value) => model.checkAsync(value) }
}

async function toStandard(schema: SchemaInput, signal: AbortSignal | undefined): Promise<StandardSchemaV1> {
  return '~standard' in schema ? (schema as StandardSchemaV1) : fromJsonSchema(schema, { signal })
}

function isModel(schema: SchemaInput): schema is BaseModel {
  return '~standard' in schema && 'checkAsync' in schema && 'serialize' in schema
}
