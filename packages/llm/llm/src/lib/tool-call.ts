/** A call of a tool that the model asks for. */
export interface ToolCall {
  /** The vendor's name for this call, which its result refers to. */
  readonly id: string
  /** The name of the tool. */
  readonly name: string
  /** The arguments. They are what the model wrote: check them against the form of the tool. */
  readonly input: Readonly<Record<string, unknown>>
}
