import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ToJsonSchemaOptions, WrittenSchema } from '@empire/schema'
import type { z } from 'zod'
import type { InvalidModelError } from './invalid-model-error.ts'
import type { SerializeOptions } from './serialize-options.ts'

/** What a check says: the instance, or everything that is wrong. */
export type ModelVerdict<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly error: InvalidModelError }

/** What is there for every model, whatever its instances are. Also a Standard Schema, and a field or a part of another schema. */
export interface BaseModel<Input = unknown, Output = unknown> extends StandardSchemaV1<Input, Output> {
  readonly name: string
  readonly description: string | undefined
  /** The model as a schema of zod, to be a part of others: `z.array(User.schema)`. */
  readonly schema: z.ZodType<Output, Input>

  /** The instance for values whose types are known. @throws {InvalidModelError} */
  create(values: Input): Output
  /** The instance for data from outside. @throws {InvalidModelError} */
  parse(data: unknown): Output
  /** The instance, or everything that is wrong. */
  check(data: unknown): ModelVerdict<Output>
  /** The same for a model with a field that waits for a promise. */
  parseAsync(data: unknown): Promise<Output>
  /** The verdict of a model with a field that waits for a promise. */
  checkAsync(data: unknown): Promise<ModelVerdict<Output>>
  /** JSON data that `parse` takes again, dates and other types of one's own where `coercion` is `'safe'`. */
  serialize(instance: Output, options?: SerializeOptions): unknown
  /** Its JSON Schema in a dialect, with what could not be said in it. */
  toJsonSchema(options?: ToJsonSchemaOptions): WrittenSchema
}

/** A model with fields. Its instances are frozen plain objects. */
export interface Model<Input = unknown, Output = unknown> extends BaseModel<Input, Output> {
  /**
   * A new instance with some fields changed. What has changed is checked, then all checks of the whole, and what is worked
   * out is worked out again. A field that is set to `undefined` gets its default.
   *
   * @throws {InvalidModelError}
   */
  update(instance: Output, changes: Partial<Input>): Output
}
