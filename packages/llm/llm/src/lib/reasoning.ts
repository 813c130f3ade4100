/** What a model thought before it answered. Vendors want it back, as it was, when the turn goes on. */
export interface Reasoning {
  /** What the vendor shows of it. May be empty. */
  readonly text: string
  /** The vendor's proof that the text is its own. */
  readonly signature?: string | undefined
  /** What else the vendor wants back, as plain JSON data: `{ claude: { redacted: "…" } }`. */
  readonly vendor?: Readonly<Record<string, unknown>> | undefined
}
