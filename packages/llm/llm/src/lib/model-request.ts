/** Who speaks: `system` sets the rules, `user` asks, `assistant` is the model itself. */
export type ModelRole = 'system' | 'user' | 'assistant'

/** One message of the conversation, as plain data. */
export interface ModelMessage {
  readonly role: ModelRole
  /** The rendered text. May be empty. */
  readonly content: string
}

/**
 * What a model is asked, as plain data. Models never change it.
 *
 * A parameter that has no meaning for a model is ignored by it; its README says which.
 */
export interface ModelRequest {
  /** The conversation so far, oldest first. At least one message. */
  readonly messages: readonly ModelMessage[]
  /** How freely the model chooses its words, from 0 upwards. Default: the model's own. */
  readonly temperature?: number | undefined
  /** The most tokens the model may write. A positive integer. Default: the model's own. */
  readonly maxTokens?: number | undefined
  /** Texts that end the answer. They are not part of it. Default: none. */
  readonly stopSequences?: readonly string[] | undefined
}
