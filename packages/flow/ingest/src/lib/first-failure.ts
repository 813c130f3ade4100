import type { IngestStep } from './dead-letter.ts'
import type { IngestError } from './ingest-error.ts'

/** What went wrong first with a document, and where: errors pass through the steps that pull on the failing one. */
export class FirstFailure {
  #found: { readonly step: IngestStep; readonly error: IngestError } | undefined

  get found(): { readonly step: IngestStep; readonly error: IngestError } | undefined {
    return this.#found
  }

  /** The failure to throw on: this one, or the one that led to it. */
  at(step: IngestStep, error: IngestError): IngestError {
    this.#found ??= { step, error }
    return this.#found.error
  }
}
