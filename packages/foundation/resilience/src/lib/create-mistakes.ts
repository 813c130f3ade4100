/** What `isFailure` has thrown about errors that are still on their way to their callers. */
export interface Mistakes {
  note(error: unknown, mistake: unknown): void
  /** Throws the mistake that was made about `error`, or else the error itself. */
  rethrow(error: unknown): never
}

/** opossum loses what its filter throws, and the call with it: it is carried past it. */
export function createMistakes(): Mistakes {
  const mistakes = new Map<unknown, unknown>()
  return {
    note: (error, mistake) => void mistakes.set(error, mistake),
    rethrow(error) {
      if (!mistakes.has(error)) throw error
      const mistake = mistakes.get(error)
      mistakes.delete(error)
      throw mistake
    },
  }
}
