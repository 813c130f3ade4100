import type { Context } from '@empire/context'
import type { StandardSchemaV1 } from '@standard-schema/spec'

/** Who speaks: `system` sets the rules, `user` asks, `assistant` is the model itself. */
export type ModelRole = 'system' | 'user' | 'assistant'

/** One message of plain text. What has tools, media or templates is a `Context`. */
export interface ModelMessage {
  readonly role: ModelRole
  /** The text. May be empty. */
  readonly content: string
}

/** A JSON Schema document of draft 2020-12, or any Standard Schema that can be written as one (zod 4, for example). */
export type SchemaInput = Readonly<Record<string, unknown>> | StandardSchemaV1

/** A tool that the model may call. */
export interface ToolDefinition {
  /** 1 to 64 letters, digits, `_` and `-`. */
  readonly name: string
  /** What it does and when to use it, for the model. */
  readonly description?: string | undefined
  /** The form of its arguments: an object. */
  readonly input: SchemaInput
}

/** Whether the model may, must or must not call a tool; or which one it must call. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly tool: string }

/** The form that the answer has to have, for vendors that enforce one. */
export interface OutputFormat {
  readonly schema: SchemaInput
  /** What the form is called, for vendors that ask for a name. Default: `answer`. */
  readonly name?: string | undefined
}

/** How much a model may think before it answers. Give one of the two; a vendor that knows the other one only converts. */
export interface ReasoningOptions {
  /** The most tokens of reasoning. 0 turns it off where the model allows that. */
  readonly budget?: number | undefined
  readonly effort?: 'low' | 'medium' | 'high' | undefined
}

/**
 * What a model is asked. Models never change it.
 *
 * A parameter that has no meaning for a model is ignored by it; its README says which.
 */
export interface ModelRequest {
  /** The conversation so far, oldest first. At least one message. */
  readonly messages: Context | readonly ModelMessage[]
  /** What the model may call. Default: none. */
  readonly tools?: readonly ToolDefinition[] | undefined
  /** Default: `auto`. */
  readonly toolChoice?: ToolChoice | undefined
  /** Default: free text. */
  readonly output?: OutputFormat | undefined
  /** How freely the model chooses its words, from 0 upwards. Default: that of the context, else the model's own. */
  readonly temperature?: number | undefined
  /** The share of probability from which words are drawn, above 0 and at most 1. Default: the model's own. */
  readonly topP?: number | undefined
  /** From how many of the likeliest tokens the next is drawn. A positive integer. Default: the model's own. */
  readonly topK?: number | undefined
  /** The most tokens the model may write. A positive integer. Default: the model's own. */
  readonly maxTokens?: number | undefined
  /** Texts that end the answer. They are not part of it. Default: none. */
  readonly stopSequences?: readonly string[] | undefined
  /** Asks for the same answer to the same request, where the vendor offers that. An integer. Default: none. */
  readonly seed?: number | undefined
  /** Default: the model's own. */
  readonly reasoning?: ReasoningOptions | undefined
  /**
   * The messages, by index in the context, up to which the vendor should cache the request. Default: none.
   *
   * A vendor without such marks ignores them.
   */
  readonly cacheBreakpoints?: readonly number[] | undefined
  /** Fields for the body of the request by the name of the vendor: `{ claude: { service_tier: 'auto' } }`. They win. */
  readonly vendor?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined
}
