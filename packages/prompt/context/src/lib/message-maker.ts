/** What making a message takes from its context. */
export interface MessageMaker {
  /** Makes ids for messages and calls that have none. */
  readonly createId: () => string
  /** The name of the tool of a call, for a result that does not say it. */
  readonly toolOf: (callId: string) => string | undefined
}
