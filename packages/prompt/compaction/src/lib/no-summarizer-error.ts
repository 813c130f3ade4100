import { EmpireError } from '@empire/errors'

/** A summary was asked for, but there is nothing to write it. */
export class NoSummarizerError extends EmpireError<'no_summarizer'> {
  constructor() {
    super(
      'no_summarizer',
      'There is no summarizer. Pass one: compact(context, summarizeHistory({ summarizer: (messages) => "…" })).',
    )
  }
}
