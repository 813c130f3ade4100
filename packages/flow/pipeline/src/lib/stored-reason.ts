/** What was thrown, or why a run was aborted, as JSON without secrets. */
export type StoredReason =
  | {
      readonly type: 'error'
      readonly name: string
      readonly message: string
      /** Of an error that has one; a revived error has the same. */
      readonly code?: string
      readonly details?: Readonly<Record<string, unknown>>
      /** Of an `EmpireError`. */
      readonly retryable?: boolean
    }
  /** What was thrown is no error: the value itself if it is JSON, else words about it. */
  | { readonly type: 'value'; readonly value: unknown }
