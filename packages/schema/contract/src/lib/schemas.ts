import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Each } from './each.ts'

/** What describes one value: any Standard Schema, or `each(schema)` for the items of an iterable. */
export type ValueSchema = StandardSchemaV1 | Each

/** What describes the arguments of a function: one schema for one argument, or a list with one for each. */
export type InputSchemas = ValueSchema | readonly ValueSchema[]

/** What describes the declared errors: the schema of an error's `details`, by its `code`. */
export type ErrorSchemas = Readonly<Record<string, StandardSchemaV1>>

/** What goes into a schema: what the caller gives as an argument, what the function gives as its result. */
export type Given<Schema> =
  Schema extends Each<infer Item>
    ? Iterable<StandardSchemaV1.InferInput<Item>> | AsyncIterable<StandardSchemaV1.InferInput<Item>>
    : Schema extends StandardSchemaV1
      ? StandardSchemaV1.InferInput<Schema>
      : unknown

/** What comes out of a schema: what the function gets as an argument, what the caller gets as the result. */
export type Checked<Schema> =
  Schema extends Each<infer Item>
    ? Iterable<StandardSchemaV1.InferOutput<Item>> | AsyncIterable<StandardSchemaV1.InferOutput<Item>>
    : Schema extends StandardSchemaV1
      ? StandardSchemaV1.InferOutput<Schema>
      : unknown

/** The arguments as the caller gives them. Those at the end that may be `undefined` may be left out. */
export type GivenArguments<Input> = Input extends undefined
  ? []
  : Input extends readonly unknown[]
    ? OptionalTail<{ [Index in keyof Input]: Given<Input[Index]> }>
    : OptionalTail<[Given<Input>]>

/** The arguments as the function gets them. */
export type CheckedArguments<Input> = Input extends undefined
  ? []
  : Input extends readonly unknown[]
    ? { -readonly [Index in keyof Input]: Checked<Input[Index]> }
    : [Checked<Input>]

type OptionalTail<Values extends readonly unknown[]> = Values extends readonly [...infer Head, infer Last]
  ? undefined extends Last
    ? [...OptionalTail<Head>, Last?]
    : [...Values]
  : []

/** What a call gives: the checked result, later if the function answers later, an iterable of the same kind. */
export type Answer<Output, Returned> =
  Returned extends PromiseLike<infer Later> ? Promise<Settled<Output, Later>> : Settled<Output, Returned>

type Settled<Output, Returned> =
  Output extends Each<infer Item>
    ? Items<StandardSchemaV1.InferOutput<Item>, Returned>
    : Output extends StandardSchemaV1
      ? StandardSchemaV1.InferOutput<Output>
      : Returned

/** What a generator returns, and what it takes back, stays of its type. */
type Items<Item, Returned> =
  Returned extends AsyncGenerator<unknown, infer Result, infer Next>
    ? AsyncGenerator<Item, Result, Next>
    : Returned extends Generator<unknown, infer Result, infer Next>
      ? Generator<Item, Result, Next>
      : Returned extends AsyncIterable<unknown>
        ? AsyncIterableIterator<Item>
        : IterableIterator<Item>

/** The errors that a contract declares, as a union to branch on by `code`. */
export type DeclaredError<Errors> = {
  [Code in keyof Errors & string]: Error & {
    readonly code: Code
    readonly details: Errors[Code] extends StandardSchemaV1 ? StandardSchemaV1.InferOutput<Errors[Code]> : unknown
  }
}[keyof Errors & string]
