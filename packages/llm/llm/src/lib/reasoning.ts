/** What a model thought before it answered. Vendors want it back, as it was, when the turn goes on. */
export interface Reasoning {
  /** What the vendor shows of it. May be empty. */
  readonly text: string
  /** The vendor's proof that the text is its own. */
  readonly signature?: string | undefined
  /**
   * What the vendor wants back, as plain JSON data, by the name of the vendor: the fields that its wire door of the context
   * reads from the metadata of messages. `{ claude: { thinking: [{ type: 'redacted_thinking', data: '…' }] } }`
   */
  readonly vendor?: Readonly<Record<string, unknown>> | undefined
}
