import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { CallOptions } from '../language-model.ts'
import type { SchemaInput, ToolDefinition } from '../model-request.ts'
import type { ToolCall } from '../tool-call.ts'

/** What a tool is told beside its arguments. Pass it on to calls of models, which then draw on what the loop has reserved. */
export interface ToolCallOptions extends CallOptions {
  /** Aborted when the loop is, or its time is over. */
  readonly signal: AbortSignal
  /** The call as the model made it. */
  readonly call: ToolCall
}

/** A tool with the function that does its work. */
export interface Tool<Input = never> extends ToolDefinition {
  /**
   * Gives a text or JSON data for the model. What it throws is told to the model; it may come again with other arguments.
   *
   * @param input The arguments, as the schema gives them out.
   */
  run(input: Input, options: ToolCallOptions): unknown
}

/** What `run` gets: the output of the schema, or a record for a JSON Schema document. */
export type ToolInput<Schema extends SchemaInput> = Schema extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<Schema>
  : Readonly<Record<string, unknown>>

/** A tool whose arguments have the type of its schema. */
export function defineTool<const Schema extends SchemaInput>(tool: {
  readonly name: string
  readonly description?: string | undefined
  readonly input: Schema
  readonly run: (input: ToolInput<Schema>, options: ToolCallOptions) => unknown
}): Tool {
  return Object.freeze({ ...tool }) as Tool
}
